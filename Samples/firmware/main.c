/* Trains the worked example on a Cortex-M and prints how far it has come. */
#include "backprop.h"
#include "console.h"

/* Prints a number from 0 to 4000 with six decimals; no printf, which would be larger than the network. */
static void print_number(float number) {
  char text[] = "0000.000000";
  unsigned long digits = (unsigned long)(number * 1e6f + 0.5f);
  for (int place = 10; place >= 0; --place) {
    if (place == 4) continue;
    text[place] = (char)('0' + digits % 10);
    digits /= 10;
  }
  const char *first = text;
  while (first < text + 3 && *first == '0') ++first;
  console_write(first);
}

int main(void) {
  static const float x[BACKPROP_INPUTS] = {0.05f, 0.10f};
  static const float t[BACKPROP_TARGETS] = {0.01f, 0.99f};
  static backprop_parameters p;
  backprop_initialize(&p);
  for (int step = 0; step <= 10000; ++step) {
    const float loss = backprop_train(&p, x, t);
    if (step % 2000 == 0) {
      console_write("loss ");
      print_number(loss);
      console_write("\n");
    }
  }
  float y[BACKPROP_OUTPUTS];
  backprop_predict(&p, x, y);
  console_write("outputs ");
  print_number(y[0]);
  console_write(" ");
  print_number(y[1]);
  console_write("\n");
  return 0;
}
