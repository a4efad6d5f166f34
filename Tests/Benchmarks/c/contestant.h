/* What a contestant in C provides; driver.c does the talking and the timing. */
#ifndef CONTESTANT_H
#define CONTESTANT_H

/* Set on the command line: REAL, INPUTS, OUTPUTS, PARAMETERS, BATCH and one of TRAIN, GRADIENT, PREDICT. */
extern REAL bench_start[PARAMETERS], bench_x[BATCH * INPUTS], bench_t[BATCH * OUTPUTS];

void bench_prepare(void);            /* once */
void bench_reset(void);              /* the parameters as at the start */
void bench_run(long count);          /* `count` repetitions; they are in another object file */
long bench_results(double *results); /* as `check` wants them; how many */

#endif
