import NNCAlgebra
import NNCProgram
import Testing

@testable import NNCExecution

@Suite struct InterpreterTests {
  let x = [0.05, 0.10]
  let t = [0.01, 0.99]

  @Test func workedExample() throws {
    let interpreter = try Interpreter(SamplePrograms.backprop(.f64))
    var parameters = interpreter.initialParameters()
    var state = interpreter.initialState()
    let y = try interpreter.predict(parameters: parameters, input: x)
    #expect(abs(y[0] - 0.75136506955231575) < 1e-15)
    #expect(abs(y[1] - 0.77292846532146253) < 1e-15)
    let loss = try interpreter.loss(parameters: parameters, input: x, target: t)
    #expect(abs(loss - 0.298371108760003) < 1e-14)
    let gradient = try interpreter.gradient(parameters: parameters, input: x, target: t)
    #expect(gradient.loss == loss)
    #expect(abs(gradient.gradient[6] - 0.082167040564230784) < 1e-15)
    #expect(abs(gradient.gradient[0] - 0.00043856773447434685) < 1e-16)
    let first = try interpreter.train(
      parameters: &parameters, state: &state, input: x, target: t)
    #expect(first == loss)
    #expect(parameters[6] == 0.4 - 0.5 * gradient.gradient[6])
    for _ in 0..<100 {
      _ = try interpreter.train(parameters: &parameters, state: &state, input: x, target: t)
    }
    #expect(try interpreter.loss(parameters: parameters, input: x, target: t) < loss / 2)
  }

  @Test(arguments: Precision.allCases) func manySamplesAreTheMean(_ precision: Precision) throws {
    let interpreter = try Interpreter(SamplePrograms.backprop(precision))
    let parameters = interpreter.initialParameters()
    let one = try interpreter.gradient(parameters: parameters, input: x, target: t)
    let two = try interpreter.gradient(
      parameters: parameters, input: x + x, target: t + t)
    #expect(one.gradient == two.gradient)
    #expect(one.loss == two.loss)
    let outputs = try interpreter.predict(parameters: parameters, input: x + [1, 2] + x)
    #expect(Array(outputs[0..<2]) == Array(outputs[4..<6]))
    #expect(outputs[2] != outputs[0])
  }

  @Test func refusals() throws {
    let interpreter = try Interpreter(SamplePrograms.backprop(.f64))
    let parameters = interpreter.initialParameters()
    #expect(throws: ExecutionError.wrongCount(.input, entry: "predict_many", given: 3, expected: 4))
    {
      try interpreter.predict(parameters: parameters, input: [1, 2, 3])
    }
    #expect(throws: ExecutionError.wrongCount(.parameters, entry: "loss", given: 2, expected: 12)) {
      try interpreter.loss(parameters: [1, 2], input: x, target: t)
    }
    #expect(throws: ExecutionError.samplesOutOfRange(entry: "predict_many", given: 9, maximum: 8)) {
      try interpreter.predict(parameters: parameters, input: .init(repeating: 0, count: 18))
    }
    #expect(throws: ExecutionError.noEntry("train")) {
      let edges = try Interpreter(SamplePrograms.edges(.f64))
      var none: [Double] = []
      var state: [Double] = []
      _ = try edges.train(parameters: &none, state: &state, input: [1, 2], target: [])
    }
    let message = ExecutionError.wrongCount(.input, entry: "loss", given: 3, expected: 4)
      .description
    #expect(message == "'loss' needs 4 numbers for 'input', but 3 were given")
  }
}
