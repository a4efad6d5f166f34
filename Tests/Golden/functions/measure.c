/* The largest error of a function over many arguments, in units in the last place of the exact value.
 *
 *     measure NAME f32 STRIDE LOW HIGH    every STRIDE-th f32 in [LOW, HIGH], against f64
 *     measure NAME f64 COUNT LOW HIGH     COUNT numbers in it, a third each spread evenly, over the exponents, and (where
 *                                         the range is wide) near multiples of π/2, against 113-bit arithmetic
 *     measure pow f32|f64 COUNT 0 0       COUNT pairs with results over all exponents
 *
 * functions.h comes from FunctionsInCTests; measure.py runs all of it. Prints: error, argument(s), mismatches (a NaN, an
 * infinity or a sign that should not be, or is missing), arguments tried. */
#include "functions.h"
#include <quadmath.h>
#include <stdio.h>
#include <stdlib.h>

typedef __float128 quad;

static uint64_t state = 88172645463325252u;
static uint64_t draw(void) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return state * UINT64_C(0x2545F4914F6CDD1D);
}
static double between(double low, double high) { return low + (high - low) * ((double)(draw() >> 11) * 0x1p-53); }

static quad q_exp(quad x) { return expq(x); }
static quad q_log(quad x) { return logq(x); }
static quad q_expm1(quad x) { return expm1q(x); }
static quad q_log1p(quad x) { return log1pq(x); }
static quad q_tanh(quad x) { return tanhq(x); }
static quad q_sin(quad x) { return sinq(x); }
static quad q_cos(quad x) { return cosq(x); }
static quad q_erf(quad x) { return erfq(x); }
static quad q_sigmoid(quad x) { return 1 / (1 + expq(-x)); }
static quad q_softplus(quad x) { return (x > 0 ? x : 0) + log1pq(expq(-fabsq(x))); }
static quad q_logsigmoid(quad x) { return -q_softplus(-x); }
static quad q_silu(quad x) { return x * q_sigmoid(x); }
static quad q_gelu(quad x) { return x * erfcq(-x * M_SQRT1_2q) / 2; }

static double r_sigmoid(double x) { return 1 / (1 + exp(-x)); }
static double r_softplus(double x) { return (x > 0 ? x : 0) + log1p(exp(-fabs(x))); }
static double r_logsigmoid(double x) { return -r_softplus(-x); }
static double r_silu(double x) { return x * r_sigmoid(x); }
static double r_gelu(double x) { return 0.5 * x * erfc(-x * M_SQRT1_2); }

static const struct {
  const char *name;
  double (*d)(double);
  float (*f)(float);
  quad (*exact)(quad);
  double (*wide)(double);
} functions[] = {
#define BASIC(name) {#name, d_##name, f_##name, q_##name, name},
#define COMPOSED(name) {#name, d_##name, f_##name, q_##name, r_##name},
    BASIC(exp) BASIC(log) BASIC(expm1) BASIC(log1p) BASIC(tanh) BASIC(sin) BASIC(cos) BASIC(erf)
    COMPOSED(sigmoid) COMPOSED(softplus) COMPOSED(logsigmoid) COMPOSED(silu) COMPOSED(gelu)};

static double worst = 0, worst_at[2];
static long mismatches = 0, tried = 0;

/* Takes one value into account; `digits` and `least` describe the precision. */
static void compare(double value, quad exact, double rounded, double at, double with, int digits, int least) {
  tried++;
  if (isnan(value) || isnan(rounded)) {
    mismatches += !isnan(value) || !isnan(rounded);
  } else if (!!signbit(value) != !!signbit(rounded)) {
    mismatches++;
  } else if (isinf(value) || isinf(rounded)) {
    mismatches += value != rounded;
  } else {
    int exponent = least;
    if (exact != 0) frexpq(exact, &exponent), exponent -= digits;
    double error = (double)(fabsq(value - exact) / scalbnq(1, exponent < least ? least : exponent));
    if (error > worst) worst = error, worst_at[0] = at, worst_at[1] = with;
  }
}

static void powers(int is_double, long count) {
  for (long i = 0; i < count; i++) {
    double reach = is_double ? 1073 : 148, a;
    switch (i % 4) {
    case 0: a = between(0, 3); break;
    case 1: a = ldexp(between(1, 2), (int)between(-reach, is_double ? 1023 : 127)); break;
    case 2: a = 1 + ldexp(between(-1, 1), -(int)between(1, is_double ? 30 : 18)); break;
    default: a = between(0.68, 1.45);
    }
    double b = i % 5 ? between(-reach, reach) / log2(a) : between(-4, 4);
    if (!is_double) a = (float)a, b = (float)b;
    if (a == 1 || !isfinite(b)) continue;
    if (is_double) {
      quad exact = powq(a, b);
      compare(d_pow(a, b), exact, (double)exact, a, b, 53, -1074);
    } else {
      double exact = pow(a, b);
      compare(f_pow((float)a, (float)b), exact, (float)exact, a, b, 24, -149);
    }
  }
}

static double argument(long i, double low, double high) {
  if (i % 3 == 0) return between(low, high);
  double reach = fmax(fabs(low), fabs(high)), x;
  if (i % 3 == 1 && reach < 1e9 && reach > 1e5)
    x = nextafter((double)(floor(between(low, high)) * M_PI_2q), i % 2 ? INFINITY : -INFINITY);
  else
    x = copysign(ldexp(between(1, 2), (int)between(low > 0 ? log2(low) : low == 0 ? -1074 : -70, log2(reach))), draw() % 2 ? low : high);
  return x >= low && x <= high ? x : between(low, high);
}

int main(int count, char **words) {
  if (count < 6) return 2;
  int is_double = words[2][1] == '6';
  double low = atof(words[4]), high = atof(words[5]);
  long steps = atol(words[3]);
  if (!strcmp(words[1], "pow")) powers(is_double, steps);
  for (size_t k = 0; k < sizeof functions / sizeof *functions; k++) {
    if (strcmp(words[1], functions[k].name)) continue;
    for (long i = 0; is_double && i < steps; i++) {
      double x = argument(i, low, high);
      quad exact = functions[k].exact(x);
      compare(functions[k].d(x), exact, (double)exact, x, 0, 53, -1074);
    }
    for (uint64_t i = 0; !is_double && i < UINT64_C(1) << 32; i += (uint64_t)steps) {
      float x = f_real((uint32_t)i);
      if (low < high && !(x >= low && x <= high)) continue;
      double exact = functions[k].wide(x);
      compare(functions[k].f(x), exact, (float)exact, x, 0, 24, -149);
    }
  }
  printf("%.3f %.9g %.9g %ld %ld\n", worst, worst_at[0], worst_at[1], mismatches, tried);
  return 0;
}
