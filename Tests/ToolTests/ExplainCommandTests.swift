import Foundation
import Testing

@testable import NNCTool

@Suite struct ExplainCommandTests {
  private let file = root.appendingPathComponent("Samples/backprop.nn").path

  @Test func forms() {
    let sample = ["--x", "0.05,0.10", "--t", "0.01,0.99"]
    let text = nnc(["explain", file] + sample)
    #expect(text.status == .success && text.messages == "")
    #expect(text.output.contains("  E = 0.5 · ((t1 − y1)² + (t2 − y2)²)\n"))
    #expect(text.output.contains("  w5         0.4000      0.0822    0.0821670406  0.3589\n"))
    let ascii = nnc(["explain", file, "--ascii", "--only", "w5"] + sample)
    #expect(ascii.output.contains("  d_w5 = delta_y1 * h1\n"))
    #expect(nnc(["explain", file, "-f", "latex"]).output.hasPrefix("\\documentclass"))
    #expect(nnc(["explain", file, "-f", "html"]).output.hasPrefix("<!DOCTYPE html>"))
    #expect(
      nnc(["explain", file, "-f", "json"]).output.hasPrefix("{\n  \"schema\": \"nnc-receipt-1\""))
    let markdown = nnc(["explain", file, "-f", "markdown", "--steps", "2", "--hessian"] + sample)
    #expect(markdown.output.contains("## Second derivatives\n"))
    #expect(markdown.output.contains("| 1 | 0.280471 | 0.7284 |"))
  }

  /// Three samples: one update by the whole batch, three by one sample, two by mini-batches of two.
  @Test func regimes() {
    let outcome = nnc([
      "explain", file, "--x", "0,0,0,1,1,0", "--t", "0,1,1,0,1,0", "--batch", "2",
    ])
    #expect(outcome.status == .success)
    #expect(outcome.output.contains("  whole batch (BGD)             3           3        1"))
    #expect(outcome.output.contains("  one sample (SGD)              3           1        3"))
    #expect(outcome.output.contains("  mini-batch                    3           2        2"))
    // Update by update: the losses of the single samples, and how the last of each regime ends.
    #expect(outcome.output.contains("Updates by one sample (SGD)"))
    #expect(outcome.output.contains("1 to 3"))
    #expect(outcome.output.contains("1 to 2"))
  }

  /// A row of data by trained weights, the classes by their names; what is made up is a class, and it is said.
  @Test func samplesOfData() throws {
    let iris = root.appendingPathComponent("Samples/iris.nn").path
    let data = root.appendingPathComponent("Samples/data/iris.csv").path
    try withFolder { folder in
      let weights = folder + "/iris.safetensors"
      let trained = nnc([
        "train", iris, "--data", data, "--target", "species", "--epochs", "2", "-o", weights,
      ])
      #expect(trained.status == .success)
      let row = nnc(["explain", iris, "--weights", weights, "--data", data, "--row", "51"])
      #expect(row.messages == "")
      #expect(row.output.contains("The sample is row 51 of \(data). The parameters are those of"))
      #expect(row.output.contains("  x1     input      7\n"))
      #expect(row.output.contains("  t1    target      0\n  t2    target      1\n"))
      let named = nnc([
        "explain", iris, "--weights", weights, "--x", "5.1,3.5,1.4,0.2", "--t", "setosa",
      ])
      #expect(named.messages == "")
      #expect(named.output.contains("  t1    target      1\n  t2    target      0\n"))
      let drawn = nnc(["graph", iris, "--weights", weights, "--data", data, "-f", "text"])
      #expect(drawn.output.hasPrefix("The sample is row 1 of \(data). The parameters are those of"))
      let unknown = nnc(["explain", iris, "--weights", weights, "--t", "setsoa"])
      #expect(unknown.status == .wrongCall)
      #expect(unknown.messages.contains("there is no class `setsoa`\n     did you mean `setosa`?"))
    }
    #expect(
      nnc(["explain", iris, "--t", "setosa"]).messages.contains("names of classes are known from"))
    #expect(
      nnc(["explain", iris, "--data", data, "--target", "species", "--row", "151"]).messages
        .contains("iris.csv` has 150 samples"))
    #expect(nnc(["explain", iris, "--row", "2"]).messages.contains("goes with `--data`"))
    // Made up is a class, however the cross-entropy is written.
    for sample in ["iris", "stable-softmax"] {
      let text = nnc(["explain", root.appendingPathComponent("Samples/\(sample).nn").path]).output
      #expect(text.contains("The input and the target are made up."))
      let targets = text.split(separator: "\n").filter { $0.contains(" target ") }
      let numbers = targets.compactMap { $0.split(separator: " ").last.flatMap { Double($0) } }
      #expect(numbers.sorted() == [0, 0, 1], "\(sample)")
    }
  }

  /// One name alone also says whose numbers they are, and no result stands there twice.
  @Test func oneName() {
    let iris = root.appendingPathComponent("Samples/iris.nn").path
    let sheet = nnc(["explain", iris, "--only", "y2"]).output
    #expect(sheet.contains("\nThe input and the target are made up.\n"))
    #expect(
      sheet.contains("∂E/∂y2 = −t2 = −1\n")
        && !sheet.contains("= −1\n               = −1\n"))
    #expect(
      !nnc(["explain", file, "--x", "1,2", "--t", "1,2", "--only", "y1"]).output.contains("made"))
  }

  /// The caption tells of what the drawing shows.
  @Test func captions() {
    func caption(_ text: String) -> String? {
      nnc(["explain", "-"], input: text).output.split(separator: "\n")
        .first { $0.hasPrefix("(The network: ") }.map(String.init)
    }
    #expect(
      caption("linear 2->1; loss mse")
        == "(The network: in each box a value and the derivative of E by it; on the arrows the parameters.)"
    )
    #expect(
      caption("linear 9->9; loss mse")
        == "(The network: in each box a value and the derivative of E by it.)")
    #expect(
      caption("linear 2->1") == "(The network: in each box a value; on the arrows the parameters.)")
  }

  /// Letters of axes are told of where the reader meets them.
  @Test func largeTensors() {
    let image = "input 1x8x8; conv 1->30 kernel=3; flatten; linear 10; loss mse"
    let sheet = nnc(["explain", "-"], input: image).output
    #expect(
      sheet.contains("contract_ijk_lmjk_ilm(")
        && sheet.contains("written with letters for the axes"))
    let lists = nnc(["explain", "-"], input: "linear 20->20; loss mse").output
    #expect(
      lists.contains("too large to be written number by number") && !lists.contains("letters for"))
  }

  /// What four digits tell is equal, also where binary arithmetic has rounded on the way: 0.25 · 0.05 + 0.3 · 0.1 + 0.35.
  @Test func exactValues() {
    let sheet = nnc(["explain", file, "--x", "0.05,0.10", "--t", "0.01,0.99", "--only", "net_h2"])
    #expect(sheet.output.contains("         = 0.3925\n"))
    #expect(!sheet.output.contains("≈ 0.3925"))
  }

  /// Blanks at the ends of MathML's elements are not shown, and what holds a value fixed is not written.
  @Test func formulasOfPages() {
    let samples = root.appendingPathComponent("Samples/").path
    let page = nnc(["explain", samples + "/digits.nn", "-f", "html"]).output
    #expect(!page.contains("detach(") && !page.contains(">detach<"))
    let choice = nnc(["explain", samples + "/iris.nn", "-f", "html"]).output
    #expect(!choice.contains("<mtext>if </mtext>"))
    #expect(choice.contains("<mtext>if\u{A0}</mtext>"))
  }

  /// PNG and PDF by whatever converter is found first: here one of the test's own.
  @Test func picturesByAConverter() throws {
    try withFolder { folder in
      let converter = folder + "/rsvg-convert"
      // Writes its arguments and the drawing to the file behind --output.
      let script = """
        #!/bin/sh
        while [ "$1" != --output ]; do printf '%s ' "$1"; shift; done
        { echo picture; cat "$3"; } >"$2"
        """
      try script.write(toFile: converter, atomically: false, encoding: .utf8)
      chmod(converter, 0o755)
      let target = folder + "/net.png"
      let call = ["graph", file, "--x", "0.05,0.10", "--t", "0.01,0.99", "-o", target]
      let output = try run(RunningTool.path, call, ["PATH": folder + ":/bin:/usr/bin"])
      #expect(output == "")
      #expect(try String(contentsOfFile: target, encoding: .utf8).hasPrefix("picture\n<?xml"))
      let without = try run(RunningTool.path, call, ["PATH": "/nowhere"])
      #expect(without.contains("no program that makes a PNG of a drawing is found"))
    }
  }

  @Test func receiptsOfAnotherVerifier() {
    let sample = ["--x", "0.05,0.10", "--t", "0.01,0.99"]
    let three = nnc(["explain", file, "-f", "backprop-trace", "--steps", "3"] + sample)
    #expect(three.status == .success)
    let lines = three.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.hasPrefix("{\"schema_version\":\"0.2.0\"") })
    #expect(lines[2].contains("\"step_index\":2,"))
    let other = nnc(
      ["explain", "-", "-f", "backprop-trace"], input: "linear 1->1; loss mse; train sgd")
    #expect(other.status == .wrongInput)
    #expect(other.messages.contains("backprop-trace cannot describe this network: the format has"))
    #expect(nnc(["explain", file, "-f", "backprop-trace", "--hessian"]).status == .wrongCall)
    #expect(
      nnc(["explain", file, "-f", "backprop-trace", "--x", "1,2,3,4", "--t", "1,2,3,4"]).messages
        .contains("of one sample"))
  }

  @Test func mistakes() {
    let unknown = nnc(["explain", file, "--only", "w55"])
    #expect(unknown.status == .wrongInput)
    #expect(unknown.messages.contains("there is nothing called `w55` to explain"))
    for (words, part) in [
      (["-o", "net.pdf"], "does not say in which form"),
      (["--x", "1,2,3"], "takes 2 numbers a sample"),
      (["--x", "a"], "numbers divided by commas"),
      (["--x", "1,2,3,4"], "different numbers of samples"),
      (["--only", "w5", "--hessian"], "exclude each other"), (["--batch", "2"], "several samples"),
      (["-f", "json", "--ascii"], "goes with `--format text`"),
    ] {
      let outcome = nnc(["explain", file] + words)
      #expect(outcome.status == .wrongCall, "\(words)")
      #expect(outcome.messages.contains(part), "\(words): \(outcome.messages)")
    }
    #expect(
      nnc(["explain", "-", "--steps", "1"], input: "linear 1->1; loss mse").status == .wrongInput)
    #expect(nnc(["explain", "-", "--hessian"], input: "linear 1->1").status == .wrongInput)
    #expect(nnc(["explain", "-"], input: "linear 1->1; sigmoid").status == .success)
  }

  @Test func drawings() {
    let text = nnc(["graph", file, "--pass", "forward", "--x", "0.05,0.10", "--t", "0.01,0.99"])
    #expect(text.output.contains("    -> h1 (w1 = 0.15), h2 (w3 = 0.25)\n"))
    #expect(nnc(["graph", file, "-f", "dot"]).output.hasPrefix("digraph"))
    #expect(nnc(["graph", file, "-f", "mermaid"]).output.hasPrefix("flowchart LR\n"))
    #expect(nnc(["graph", file, "-f", "svg"]).output.contains(">∂E/∂w5</text>"))
    #expect(nnc(["graph", file, "-o", "net.jpg"]).status == .wrongCall)
    #expect(nnc(["graph", file, "-f", "png"]).messages.contains("needs a file"))
    #expect(nnc(["graph", file, "--x", "1,2,3,4", "--t", "1,2,3,4"]).status == .wrongCall)
    #expect(nnc(["graph", "-", "--pass", "both"], input: "linear 1->1").status == .wrongInput)
    #expect(nnc(["graph", "-"], input: "linear 1->1; tanh").status == .success)
  }
}
