/* Trains the worked example by the code that nnc makes of net.nn. */
#include <stdio.h>

#include "net.h"

int main(void) {
  const double x[NET_INPUTS] = {0.05, 0.10};
  const double t[NET_TARGETS] = {0.01, 0.99};
  double y[NET_OUTPUTS];
  net_parameters p;
  net_initialize(&p);
  printf("loss before %.17g\n", net_loss(&p, x, t));
  for (int step = 0; step < 10000; ++step) {
    (void)net_train(&p, x, t);
  }
  net_predict(&p, x, y);
  printf("outputs %.17g %.17g\n", y[0], y[1]);
  return 0;
}
