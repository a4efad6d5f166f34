import Testing

@testable import NNCTool

/// Networks whose constants are NaN, infinite, zero, negative zero or denormal are networks like others.
@Suite struct AwkwardConstantTests {
  static let networks = [
    "linear 2->2; sigmoid; linear 2->1\nloss sum(sqrt(-1)*y)\ntrain sgd lr=0.1\n",
    "linear 1->1\nloss([-5]^where(5,where(y,5,4),0)^transpose(y))\ntrain sgd lr=0.1\n",
    "linear 2->2; tanh; linear 2->2\nloss sum(0*y) + 5e-324*sum(y*y)\ntrain sgd lr=0.1\n",
    "linear 2->2; tanh; linear 2->2\nloss sum(1/0*y)\ntrain adam\n",
    "linear 2->2; tanh; linear 2->2\nloss sum((0*-1)*y) + sum((1e308*10)*y)\ntrain sgd lr=0.1\n",
    "linear 2->2; tanh; linear 2->2\nloss 1e300*sum(1e300*y)\ntrain sgd lr=0.1\n",
    "linear 2->2; tanh; linear 2->2\nloss 1e-300*sum(1e-300*y)\ntrain sgd lr=0.1\n",
    "linear 2->2; sigmoid\nloss mse + 0^0*sum(0/0*y)\ntrain sgd lr=0.1 momentum=0.9\n",
  ]

  @Test(arguments: networks) func everyCommandTakesThem(_ text: String) {
    for call in [
      ["check", "-"], ["compile", "-", "--emit", "c"], ["compile", "-", "--emit", "swift"],
      ["explain", "-"], ["graph", "-"],
    ] {
      let outcome = nnc(call, input: text)
      #expect(outcome.status == .success, "\(call[0]) of \(text): \(outcome.messages)")
    }
  }
}
