#include "net_weights.h"

#include <cstdio>

int main() {
  const float x[SMALL_INPUTS] = {0.05f, 0.10f};
  float y[SMALL_OUTPUTS];
  small_predict(&small_weights, x, y);
  std::printf("outputs %.6f %.6f\n", static_cast<double>(y[0]), static_cast<double>(y[1]));
}
