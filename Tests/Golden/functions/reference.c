/* The reference values for measure.c. -D__FAST_MATH__ makes glibc's headers offer functions over vectors; nothing else
 * of -ffast-math is asked for. */
#include <math.h>
#include "reference.h"

/* Φ's tail at −x·√½ is wanted, and x·√½ is no number: c is its nearest, d the rest, erfc(c + d) = erfc(c) − d·g, where
 * g = 2/√π·e^(−c²) ≈ erfc(c)·(c + √(c² + 1.7)) for c > 0, and so near 0 for c < 0 that d does not count. */
static inline long double tail_long(long double x) {
  const long double s = M_SQRT1_2q, c = -x * s;
  const long double d = (long double)(-(__float128)x * M_SQRT1_2q - c);
  const long double e = erfcl(c);
  return c > 0 ? e - d * e * (c + sqrtl(c * c + 1.7L)) : e - d * 2 / sqrtl(3.14159265358979323846L) * expl(-c * c);
}

static inline double gate(double x) { return 1 / (1 + exp(-x)); }
static inline long double gate_long(long double x) { return 1 / (1 + expl(-x)); }
static inline __float128 gate_quad(__float128 x) { return 1 / (1 + expq(-x)); }

static inline double lncosh(double x) {
  const double a = fabs(x), s = sinh(a);
  return a < 1 ? 0.5 * log1p(s * s) : a - M_LN2 + log1p(exp(-2 * a));
}
static inline long double lncosh_long(long double x) {
  const long double a = fabsl(x), s = sinhl(a);
  return a < 1 ? 0.5L * log1pl(s * s) : a - M_LN2q + log1pl(expl(-2 * a));
}
static inline __float128 lncosh_quad(__float128 x) {
  const __float128 a = fabsq(x), s = sinhq(a);
  return a < 1 ? 0.5Q * log1pq(s * s) : a - M_LN2q + log1pq(expq(-2 * a));
}

/* sin(pi x)/(pi x), whole turns taken away exactly. */
static inline double cardinal(double x) {
  const double m = fabs(x), r = m - 2 * rint(m / 2);
  return m == 0 ? 1 : m == INFINITY ? 0 : (m == rint(m) ? 0 : sin(M_PI * r)) / (M_PI * m);
}
static inline long double cardinal_long(long double x) {
  const long double m = fabsl(x), r = m - 2 * rintl(m / 2);
  return m == 0 ? 1 : m == INFINITY ? 0 : (m == rintl(m) ? 0 : sinl(M_PIq * r)) / (M_PIq * m);
}
static inline __float128 cardinal_quad(__float128 x) {
  const __float128 m = fabsq(x), r = m - 2 * rintq(m / 2);
  return m == 0 ? 1 : m == INFINITY ? 0 : (m == rintq(m) ? 0 : sinq(M_PIq * r)) / (M_PIq * m);
}

/* ln(1 - e^x). */
static inline double rest(double x) { return x > -M_LN2 ? log(-expm1(x)) : log1p(-exp(x)); }
static inline long double rest_long(long double x) { return x > -M_LN2 ? logl(-expm1l(x)) : log1pl(-expl(x)); }
static inline __float128 rest_quad(__float128 x) { return x > -M_LN2 ? logq(-expm1q(x)) : log1pq(-expq(x)); }

/* psi(x), x >= 0: psi(x + 1) = psi(x) + 1/x up to 32, then ln x - 1/(2x) - sum B(2k)/(2k) x^(-2k), whose 15th term is
 * below 2^-125. */
static const double numerators[] = {1, -1, 1, -1, 1, -691, 1, -3617, 43867, -174611, 77683, -236364091, 657931, -3392780147};
static const double denominators[] = {12, 120, 252, 240, 132, 32760, 12, 8160, 14364, 6600, 276, 65520, 12, 3480};
#define DIGAMMA(name, real, ln) \
  static inline real name(real x) { \
    if (x == INFINITY) return x; \
    real value = 0, tail = 0; \
    for (; x < 32; x += 1) { \
      if (x == 0) return -1 / x; \
      value -= 1 / x; \
    } \
    const real z = 1 / (x * x); \
    for (int k = 13; k >= 0; k--) tail = z * (numerators[k] / (real)denominators[k] + tail); \
    return value + (ln(x) - 1 / (2 * x) - tail); \
  }
DIGAMMA(digamma_long, long double, logl)
DIGAMMA(digamma_quad, __float128, logq)

void extended(const double *x, double *high, double *low, size_t n, int is_double) {
  if (!is_double) {
    for (size_t i = 0; i < n; i++) {
      const double a = x[ARITY * i], b = x[ARITY * i + ARITY - 1];
      (void)b;
      high[i] = WIDE(a, b), low[i] = 0;
    }
    return;
  }
  for (size_t i = 0; i < n; i++) {
    const long double a = x[ARITY * i], b = x[ARITY * i + ARITY - 1], value = LONG(a, b);
    (void)b;
    high[i] = (double)value, low[i] = (double)(value - (long double)high[i]);
  }
}

__float128 exactly(double first, double second) {
  const __float128 a = first, b = second;
  (void)b;
  return QUAD(a, b);
}
