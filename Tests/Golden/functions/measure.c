/* The largest errors of one function, as emitted, over one part of its arguments: in units in the last place of the
 * exact value. measure.py compiles it with the emitted code and reference.c, and runs it part by part.
 *
 *     measure f32 PART PARTS FLOOR...     one of PARTS floats that are neighbours, in all PARTS each of them once
 *     measure f64 PART PARTS FLOOR...     COUNT / PARTS numbers, drawn from the ranges of the function's row
 *     measure pairs PRECISION PART ...    the same for a function of two arguments: pairs drawn at random
 *     measure fingerprint                 a number that changes where a value changes, of some 10^5 numbers
 *
 * f32 is compared with double precision, whose own error is below 2^-26 of a unit. f64 is compared with x87's extended
 * precision, whose error is below 0.005 units; what then comes within 0.01 units of the largest errors known is compared
 * again with 113-bit arithmetic. FLOOR is, for each form, the error that is already known.
 *
 * Prints a line for each form: wrong results (a NaN, an infinity or a sign that should not be, or is missing) and the
 * first argument of one, then the largest errors with their arguments. */
#define _GNU_SOURCE
#include "reference.h"
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 4096, KEPT = 4 };

static double as_double(uint64_t b) { double x; memcpy(&x, &b, 8); return x; }
static uint64_t as_word(double x) { uint64_t b; memcpy(&b, &x, 8); return b; }
static float as_float(uint32_t b) { float x; memcpy(&x, &b, 4); return x; }

/* The forms: products and sums rounded each on its own, and fused. */
void du_predict_many(size_t n, const double *x, double *y);
void dv_predict_many(size_t n, const double *x, double *y);
void fu_predict_many(size_t n, const float *x, float *y);
void fv_predict_many(size_t n, const float *x, float *y);

/* What is known of a form: the largest errors, the first of them the largest, and the wrong results. */
static struct form {
  double error[KEPT], at[KEPT][2], wrong_at[2];
  long wrong;
} forms[2];

static void keep(struct form *form, double error, double a, double b) {
  for (int k = 0; k < KEPT; k++) {
    if (form->error[k] == error && form->at[k][0] == a && form->at[k][1] == b) return;
    if (error <= form->error[k]) continue;
    memmove(&form->error[k + 1], &form->error[k], (KEPT - 1 - k) * sizeof form->error[0]);
    memmove(&form->at[k + 1], &form->at[k], (KEPT - 1 - k) * sizeof form->at[0]);
    form->error[k] = error, form->at[k][0] = a, form->at[k][1] = b;
    return;
  }
}

static void wrong(struct form *form, double a, double b) {
  if (!form->wrong++) form->wrong_at[0] = a, form->wrong_at[1] = b;
}

static double x[2 * BLOCK], high[BLOCK], low[BLOCK], y[BLOCK], error[BLOCK];
static float xf[2 * BLOCK], yf[BLOCK];
static unsigned char bad[BLOCK];

/* The errors of y, in units in the last place of a format with so many digits whose least number has that exponent. */
static inline void compare(int digits, int least, double overflow) {
  for (int i = 0; i < BLOCK; i++) {
    const double h = high[i], l = low[i], v = y[i];
    /* Where the exact value lies just below a power of two, its digits are finer. */
    uint64_t b = as_word(h) & INT64_MAX;
    b -= l != 0 && (l < 0) != (h < 0);
    int64_t e = (int64_t)(b >> 52) - 1022 - digits;
    e = e < least ? least : e;
    const int64_t half = -e >> 1, rest = -e - half;
    const double d = fabs((v - h) - l) * as_double((uint64_t)(half + 1023) << 52) * as_double((uint64_t)(rest + 1023) << 52);
    const int is_infinite = fabs(h) >= overflow;
    const int is_wrong = (isnan(v) != 0) != (isnan(h) != 0)
      || (!isnan(h) && ((signbit(v) != 0) != (signbit(h) != 0) || (fabs(v) == INFINITY) != is_infinite));
    bad[i] = (unsigned char)is_wrong;
    error[i] = d < 0x1p1000 && fabs(v) < INFINITY ? d : -1;
  }
}

static double exact_error(int i, int arity) {
  const __float128 exact = exactly(x[arity * i], x[arity * i + arity - 1]);
  int e;
  frexpq(exact, &e);
  e = e - 53 < -1074 ? -1074 : e - 53;
  return (double)scalbnq(fabsq((__float128)y[i] - exact), -e);
}

static void take(struct form *form, int arity, int is_double) {
  double most = 0;
  int any = 0;
  for (int i = 0; i < BLOCK; i++) most = error[i] > most ? error[i] : most, any |= bad[i];
  const double margin = is_double ? 0.01 : 0;
  if (any) for (int i = 0; i < BLOCK; i++) if (bad[i]) wrong(form, x[arity * i], x[arity * i + arity - 1]);
  if (most <= form->error[KEPT - 1] - margin) return;
  for (int i = 0; i < BLOCK; i++)
    if (error[i] > form->error[KEPT - 1] - margin)
      keep(form, is_double ? exact_error(i, arity) : error[i], x[arity * i], x[arity * i + arity - 1]);
}

static void measure(int is_double, int arity) {
  extended(x, high, low, BLOCK, is_double);
  if (!is_double) for (int i = 0; i < arity * BLOCK; i++) xf[i] = (float)x[i];
  for (int f = 0; f < 2; f++) {
    if (is_double) {
      (f ? dv_predict_many : du_predict_many)(BLOCK, x, y);
      compare(53, -1074, INFINITY);
    } else {
      (f ? fv_predict_many : fu_predict_many)(BLOCK, xf, yf);
      for (int i = 0; i < BLOCK; i++) y[i] = yf[i];
      compare(24, -149, 0x1.ffffffp127);
    }
    take(&forms[f], arity, is_double);
  }
}

/* Random words by their number alone (SplitMix64). */
static uint64_t word(uint64_t number) {
  uint64_t z = (number + 1) * UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}
static double unit(uint64_t number) { return (double)(word(number) >> 11) * 0x1p-53; }

/* The number with other last bits: what is made of a word by few operations has not all of them, and then functions find
 * their arguments easier than they are. */
static double blurred(double x, uint64_t number) { return as_double(as_word(x) ^ (word(number) & 0xFFFF)); }

/* A number of a range: evenly, or evenly over the bits of the numbers between (and below and above 0). */
static double drawn(uint64_t number, struct range range) {
  const double u = unit(2 * number);
  if (!range.bits) {
    const double x = blurred(range.low + (range.high - range.low) * u, 2 * number + 1);
    return x < range.low ? range.low : x > range.high ? range.high : x;
  }
  const double low = range.low > 0 ? range.low : 0, high = fmax(fabs(range.low), fabs(range.high));
  const uint64_t first = as_word(low);
  const double size = as_double(first + (uint64_t)((double)(as_word(high) - first) * u));
  const double x = fmin(blurred(size, 2 * number + 1), high);
  return range.high <= 0 || (range.low < 0 && word(2 * number + 1) >> 63) ? -x : x;
}

/* A pair whose power spreads over all exponents: a near 1, or of any size; b so that it fits, or small. */
static void power_pair(uint64_t number, int is_double, double *a, double *b) {
  const double reach = is_double ? 1073 : 148, u = unit(4 * number), v = unit(4 * number + 1);
  const double t = unit(4 * number + 2);
  switch (number % 4) {
  case 0: *a = 3 * u; break;
  case 1: *a = ldexp(1 + u, (int)((2 * v - 1) * (is_double ? 1022 : 126))); break;
  case 2: *a = 1 + ldexp(2 * u - 1, -1 - (int)(v * (is_double ? 29 : 17))); break;
  default: *a = 0.68 + 0.77 * u;
  }
  *a = blurred(*a, 4 * number + 3);
  *b = number / 4 % 5 ? reach * (2 * t - 1) / log2(*a) : 8 * t - 4;
}

/* Two numbers of either sign and any size, of which the second is often near the first. */
static void any_pair(uint64_t number, int is_double, double *a, double *b) {
  const double u = unit(4 * number), v = unit(4 * number + 1), t = unit(4 * number + 2);
  const double reach = number % 3 ? 8 : is_double ? 1000 : 120;
  *a = blurred(ldexp(1 + u, (int)((2 * v - 1) * reach)), 4 * number + 3);
  *b = number / 3 % 2 ? *a * ldexp(2 * t - 1, (int)(word(4 * number) % 3)) : ldexp(2 * t - 1, (int)((2 * t - 1) * reach));
  if (word(4 * number + 1) & 1) *a = -*a;
}

static void pair(uint64_t number, int is_double, double *a, double *b) {
  (POWERS ? power_pair : any_pair)(number, is_double, a, b);
  *b = blurred(*b, 4 * number + 3);
  if (!is_double) *a = (float)*a, *b = (float)*b;
  if (!isfinite(*b)) *b = 1;
}

/* Hashes a form's results (FNV-1a), all NaNs alike. */
static uint64_t hash = UINT64_C(0xCBF29CE484222325);
static void add_to_hash(double value) {
  uint64_t b = isnan(value) ? 1 : as_word(value);
  for (int k = 0; k < 8; k++, b >>= 8) hash = (hash ^ (b & 255)) * UINT64_C(0x100000001B3);
}

static void fingerprint(void) {
  for (uint64_t n = 0; n < 64 * BLOCK; n += BLOCK) {
    for (int i = 0; i < BLOCK; i++) {
      const uint64_t number = n + (uint64_t)i;
      if (ARITY == 2) pair(number, n / BLOCK % 2 == 0, &x[2 * i], &x[2 * i + 1]);
      else x[i] = n / BLOCK % 2 ? drawn(number, ranges[number % RANGES]) : as_float((uint32_t)word(number));
    }
    for (int i = 0; i < ARITY * BLOCK; i++) xf[i] = (float)x[i];
    du_predict_many(BLOCK, x, y);
    for (int i = 0; i < BLOCK; i++) add_to_hash(y[i]);
    dv_predict_many(BLOCK, x, y);
    for (int i = 0; i < BLOCK; i++) add_to_hash(y[i]);
    fu_predict_many(BLOCK, xf, yf);
    for (int i = 0; i < BLOCK; i++) add_to_hash(yf[i]);
    fv_predict_many(BLOCK, xf, yf);
    for (int i = 0; i < BLOCK; i++) add_to_hash(yf[i]);
  }
  printf("%016llx\n", (unsigned long long)hash);
}

/* A float of a part; its place among its neighbours changes, so that a part has numbers with all kinds of last bits. */
static float one_of(uint64_t number, uint64_t part, uint64_t parts) {
  return as_float((uint32_t)(number * parts + (part + number) % parts));
}

int main(int count, char **words) {
  if (count == 2) return fingerprint(), 0;
  if (count < 6) return 2;
  const int is_pairs = !strcmp(words[1], "pairs"), is_double = !strcmp(words[1 + is_pairs], "f64");
  words += is_pairs;
  const uint64_t part = (uint64_t)atoll(words[2]), parts = (uint64_t)atoll(words[3]);
  for (int f = 0; f < 2; f++) for (int k = 0; k < KEPT; k++) forms[f].error[k] = atof(words[4 + f]);
  const int is_every = !is_double && !is_pairs;
  const uint64_t all = is_every ? UINT64_C(1) << 32 : COUNT, first = all / parts * part;
  for (uint64_t n = first; n < first + all / parts; n += BLOCK) {
    for (int i = 0; i < BLOCK; i++) {
      if (ARITY == 2 && is_pairs) pair(n + (uint64_t)i, is_double, &x[2 * i], &x[2 * i + 1]);
      else if (is_every) x[i] = one_of(n - first + (uint64_t)i, part, parts), x[i] = x[i] < LEAST ? LEAST : x[i] > MOST ? MOST : x[i];
      else x[i] = drawn(n + (uint64_t)i, ranges[(n + (uint64_t)i) % RANGES]);
    }
    measure(is_double, ARITY);
  }
  for (int f = 0; f < 2; f++) {
    printf("%ld %.17g %.17g", forms[f].wrong, forms[f].wrong_at[0], forms[f].wrong_at[1]);
    for (int k = 0; k < KEPT; k++) printf(" %.6f %.17g %.17g", forms[f].error[k], forms[f].at[k][0], forms[f].at[k][1]);
    printf("\n");
  }
  return 0;
}
