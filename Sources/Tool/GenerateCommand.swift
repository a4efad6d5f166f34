import NNC
import NNCTraining

/// `nnc generate`.
let generateCommand = Command(
  name: "generate", summary: "let a network trained with a text go on with one", operands: "FILE",
  operandCount: 1...1,
  examples: [
    .init(
      call: "nnc generate chargpt.nn --weights chargpt.safetensors --prompt \"In the\"",
      purpose: "go on with these words"),
    .init(
      call: "nnc generate names.nn -w names.safetensors --length 200 --temperature 0.7 --seed 3",
      purpose: "likelier letters, and another choice of them"),
  ],
  details: [
    "The network sees as many of the last tokens as its input has, and gives logits for the one that "
      + "follows. Which tokens there are is known from the weights of a training with `--tokens`. The "
      + "same call gives the same text."
  ],
  options: scoringOptions.filter { !["threshold"].contains($0.name) } + [
    .init("prompt", "p", .text("TEXT"), help: "what to go on with (default a line end)"),
    .init("length", "l", .number("N", 1...1_000_000), help: "how many tokens to add (default 256)"),
    .init(
      "temperature", nil, .text("T"),
      help: "below 1 likely tokens become likelier; 0 takes the likeliest (default 1)"),
    .init("top", "k", .number("K", 1...Int.max), help: "choose among the K likeliest"),
    .init(
      "share", nil, .text("P"),
      help: "choose among the likeliest that together have the probability P"),
    .init("seed", "s", .number("N", 0...Int.max), help: "the seed of the choices (default 0)"),
    dimOption, diagnosticsOption, helpOption,
  ],
  run: runGenerate)

private func runGenerate(_ call: Call, _ console: Console) throws -> ExitStatus {
  let scoring = try Scoring(call, console)
  let network = scoring.network
  guard network.inputs.count == 1, let bound = network.inputs[0].below else {
    throw Failure.input(
      "the network's input is no sequence of tokens", hint: "`input 64 of 256` is one")
  }
  guard let vocabulary = scoring.description?.vocabulary else {
    throw Failure.input(
      "the weights do not say what the tokens stand for",
      hint: "`nnc train --tokens bytes` saves it with them")
  }
  let steps = network.inputShape.reduce(1, *)
  let outputs = network.outputShape.reduce(1, *)
  let classes = network.outputShape.last ?? 0
  guard classes >= vocabulary.count, bound >= vocabulary.count,
    outputs == classes || outputs == classes * steps
  else {
    throw Failure.input(
      "the network's outputs are no logits of \(vocabulary.count) tokens, for each step or the last"
    )
  }
  let choice = try choice(call)
  let prompt = Array((call.value("prompt") ?? "\n").utf8)
  let (tokens, unknown) = vocabulary.tokens(of: prompt)
  if let unknown {
    throw Failure.input(
      "the character `\(unknown.text)` of the prompt is none of those of the training")
  }
  if tokens.isEmpty { throw Failure.input("the prompt is empty") }
  let text = Continuation(
    vocabulary: vocabulary, choice: choice, steps: steps, classes: classes,
    isOfSteps: outputs > classes, length: call.number("length") ?? 256)
  try console.write(String(decoding: prompt, as: UTF8.self))
  if scoring.isSingle {
    try text.write(behind: tokens, console, scoring.predictor(Float.self))
  } else {
    try text.write(behind: tokens, console, scoring.predictor(Double.self))
  }
  return .success
}

private func choice(_ call: Call) throws(Failure) -> TokenChoice {
  func number(_ text: String?, _ option: String, _ range: ClosedRange<Double>) throws(Failure)
    -> Double
  {
    guard let text else { return 1 }
    guard let number = Double(text), range.contains(number) else {
      let upTo = range.upperBound == 1 ? " to 1" : " on"
      throw .call("`--\(option)` takes a number from 0\(upTo), not `\(text)`")
    }
    return number
  }
  return TokenChoice(
    temperature: try number(
      call.value("temperature"), "temperature", 0...Double.greatestFiniteMagnitude),
    top: call.number("top"), share: try number(call.value("share"), "share", 0...1),
    seed: UInt64(call.number("seed") ?? 0))
}
