/* A chain of linear layers as a person writes it in C: plain loops, libm, static arrays.
   LAYERS and WIDTHS, HIDDEN (0 none, 1 relu, 2 tanh) and CROSS_ENTROPY are set on the command line. */
#include "plain.h"
#include <tgmath.h>

static const int widths[LAYERS + 1] = {WIDTHS};
static REAL values[BATCH * TOTAL], deltas[BATCH * TOTAL];

static void forward(const REAL *restrict w, const REAL *restrict b, const REAL *restrict x,
                    REAL *restrict y, int inputs, int outputs, int hidden) {
  for (int o = 0; o < outputs; o++) {
    REAL sum = 0;
    for (int i = 0; i < inputs; i++) sum += w[o * inputs + i] * x[i];
    y[o] = sum + b[o];
  }
  if (!hidden) return;
  for (int o = 0; o < outputs; o++) {
#if HIDDEN == 1
    y[o] = y[o] > 0 ? y[o] : 0;
#elif HIDDEN == 2
    y[o] = tanh(y[o]);
#endif
  }
}

static void backward(const REAL *restrict w, const REAL *restrict d, const REAL *restrict x,
                     REAL *restrict e, int inputs, int outputs) {
  for (int i = 0; i < inputs; i++) e[i] = 0;
  for (int o = 0; o < outputs; o++)
    for (int i = 0; i < inputs; i++) e[i] += w[o * inputs + i] * d[o];
  for (int i = 0; i < inputs; i++) {
#if HIDDEN == 1
    e[i] = x[i] > 0 ? e[i] : 0;
#elif HIDDEN == 2
    e[i] *= 1 - x[i] * x[i];
#endif
  }
}

static void update(REAL *restrict w, REAL *restrict b, const REAL *restrict d,
                   const REAL *restrict x, int inputs, int outputs) {
  for (int o = 0; o < outputs; o++) {
    REAL rate = RATE / BATCH * d[o];
    for (int i = 0; i < inputs; i++) w[o * inputs + i] -= rate * x[i];
    b[o] -= rate;
  }
}

static REAL loss_of(const REAL *restrict y, const REAL *restrict t, REAL *restrict d) {
  REAL loss = 0;
#if CROSS_ENTROPY
  REAL most = y[0], total = 0;
  for (int o = 1; o < OUTPUTS; o++) most = y[o] > most ? y[o] : most;
  for (int o = 0; o < OUTPUTS; o++) d[o] = exp(y[o] - most), total += d[o];
  for (int o = 0; o < OUTPUTS; o++) {
    loss -= t[o] * (y[o] - most);
    d[o] = d[o] / total - t[o];
  }
  loss += log(total);
#else
  for (int o = 0; o < OUTPUTS; o++) {
    REAL e = y[o] - t[o];
    loss += e * e;
    d[o] = 2 * e;
  }
#endif
  return loss;
}

const REAL *plain_predict(const REAL *p, const REAL *x) {
  REAL *y = values;
  for (int k = 0; k < LAYERS; k++) {
    int inputs = widths[k], outputs = widths[k + 1];
    forward(p, p + inputs * outputs, x, y, inputs, outputs, k < LAYERS - 1);
    p += inputs * outputs + outputs, x = y, y += BATCH * outputs;
  }
  return x;
}

/* Layer by layer, each for the whole batch: x of layer k for sample s is values_k[s]. */
REAL plain_train(REAL *p, const REAL *x, const REAL *t) {
  const REAL *inputs_of[LAYERS];
  REAL *weight_of[LAYERS], *delta_of[LAYERS], *y = values, *d = deltas, loss = 0;
  const REAL *from = x;
  for (int k = 0; k < LAYERS; k++) {
    int inputs = widths[k], outputs = widths[k + 1];
    inputs_of[k] = from, weight_of[k] = p, delta_of[k] = d;
    for (int s = 0; s < BATCH; s++)
      forward(p, p + inputs * outputs, from + s * inputs, y + s * outputs, inputs, outputs,
              k < LAYERS - 1);
    p += inputs * outputs + outputs, from = y, y += BATCH * outputs, d += BATCH * outputs;
  }
  for (int s = 0; s < BATCH; s++)
    loss += loss_of(from + s * OUTPUTS, t + s * OUTPUTS, delta_of[LAYERS - 1] + s * OUTPUTS);
  for (int k = LAYERS - 1; k >= 0; k--) {
    int inputs = widths[k], outputs = widths[k + 1];
    for (int s = 0; k > 0 && s < BATCH; s++)
      backward(weight_of[k], delta_of[k] + s * outputs, inputs_of[k] + s * inputs,
               delta_of[k - 1] + s * inputs, inputs, outputs);
    for (int s = 0; s < BATCH; s++)
      update(weight_of[k], weight_of[k] + inputs * outputs, delta_of[k] + s * outputs,
             inputs_of[k] + s * inputs, inputs, outputs);
  }
  return loss / BATCH;
}
