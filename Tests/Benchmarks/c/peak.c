/* The most that one core multiplies and adds: independent fused operations on registers alone.
   Answers "f32 MS" or "f64 MS" with the best GFLOP/s of blocks that last about MS milliseconds together. */
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <time.h>

/* Chains enough to fill the latency of four cycles on two ports, few enough for 16 registers. */
#define CHAINS 12

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

#define PEAK(name, real, bytes)                                                        \
  typedef real name##_vector __attribute__((vector_size(bytes)));                      \
  static double name(void) {                                                           \
    static volatile real seed = 1;                                                     \
    const long count = 20000;                                                          \
    name##_vector c[CHAINS], a, b;                                                     \
    for (unsigned i = 0; i < sizeof a / sizeof(real); i++) a[i] = seed / 2, b[i] = seed; \
    for (int k = 0; k < CHAINS; k++) c[k] = b;                                         \
    double start = seconds();                                                          \
    for (long n = 0; n < count; n++)                                                   \
      for (int k = 0; k < CHAINS; k++) c[k] = c[k] * a + b;                            \
    double took = seconds() - start;                                                   \
    name##_vector sum = c[0];                                                          \
    for (int k = 1; k < CHAINS; k++) sum += c[k];                                      \
    seed = sum[0] > 0 ? 1 : 2;                                                         \
    return 2e-9 * (double)count * CHAINS * (double)(sizeof a / sizeof(real)) / took;   \
  }

PEAK(f32x16, float, 16)
PEAK(f32x32, float, 32)
PEAK(f64x16, double, 16)
PEAK(f64x32, double, 32)
#ifdef __AVX512F__
PEAK(f32x64, float, 64)
PEAK(f64x64, double, 64)
#else
#define f32x64 f32x32
#define f64x64 f64x32
#endif

int main(void) {
  double (*const wide[2][3])(void) = {{f32x16, f32x32, f32x64}, {f64x16, f64x32, f64x64}};
  int bits;
  double milliseconds;
  while (scanf(" f%d %lf", &bits, &milliseconds) == 2) {
    double best = 0, end = seconds() + 1e-3 * milliseconds;
    do {
      for (int k = 0; k < 3; k++) {
        double rate = wide[bits == 64][k]();
        if (rate > best) best = rate;
      }
    } while (seconds() < end);
    printf("%.3f\n", best);
    fflush(stdout);
  }
  return 0;
}
