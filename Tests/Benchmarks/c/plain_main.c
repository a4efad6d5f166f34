/* plain.c as a contestant. */
#include "contestant.h"
#include "plain.h"
#include <string.h>

static REAL p[PARAMETERS] __attribute__((aligned(64)));
#ifdef TRAIN
static REAL loss;
#else
static const REAL *output;
#endif

void bench_prepare(void) {}

void bench_reset(void) { memcpy(p, bench_start, sizeof p); }

void bench_run(long count) {
  for (long k = 0; k < count; k++)
#ifdef TRAIN
    loss = plain_train(p, bench_x, bench_t);
#else
    output = plain_predict(p, bench_x);
#endif
}

long bench_results(double *results) {
#ifdef TRAIN
  results[0] = loss;
  for (int k = 0; k < PARAMETERS; k++) results[1 + k] = p[k];
  return 1 + PARAMETERS;
#else
  for (int k = 0; k < OUTPUTS; k++) results[k] = output[k];
  return OUTPUTS;
#endif
}
