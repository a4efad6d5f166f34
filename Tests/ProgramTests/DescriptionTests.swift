import Testing

@testable import NNCProgram

@Suite struct DescriptionTests {
  @Test func loopsAndMemory() {
    let text = SamplePrograms.layers(.f64).description
    #expect(
      text.hasPrefix("program layers_f64 f64\n  input 5, target 3, output 3, at most 40 samples\n"))
    #expect(text.contains("  [42] linear2.weight (3, 7) = uniform(bound 0.25, seed 7, stream 1)\n"))
    #expect(text.contains("entry predict(parameters, input, output) workspace 27 (216 bytes)\n"))
    #expect(
      text.contains(
        "  linear_forward_7_3(weight: parameters[42..<63], bias: parameters[63..<66], "
          + "x: workspace[7..<14], y: output[0..<3])  // linear2\n"))
    #expect(
      text.contains(
        """
        kernel linear_forward_5_7(weight: in, bias: in, x: in, y: out)
          for i in samples parallel
            for j in 0..<7 parallel
              var sum = 0.0
              for k in 0..<5
                %2 = weight[5·j + k]
                %3 = x[5·i + k]
                %4 = %2 * %3
                sum = sum + %4
              %5 = bias[j]
              %6 = sum + %5
              y[7·i + j] = %6

        """))
  }

  @Test func names() {
    let text = SamplePrograms.backprop(.f32).description
    #expect(text.contains("  y1 = 1.0 / %"))
    #expect(text.contains("= exp(%"))
    #expect(text.contains("function exp(x)\n"))
  }
}
