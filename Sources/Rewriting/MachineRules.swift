import Algebra

private let x: Formula = "x"
private let y: Formula = "y"
private let k: Formula = "k"
/// 1 / (1 + y), where y is e^−|x|.
private let reciprocal: Formula = 1 / (1 + y)

/// The forms in which functions are written out for the machine, where others than the tables' share more.
///
/// σ(x) is e·r where x < 0 and r elsewhere, with e = e^−|x| and r = 1/(1 + e).
let sharedForms: [String: Formula] = {
  let e = Formula.apply("exp", -.apply("abs", x))
  let r = 1 / (1 + e)
  return ["sigmoid": select(x < 0, e * r, r)]
}()

/// The rules for functions that are written out for the machine.
///
/// Where σ(x) chooses e·r or r, 1 − σ(x) is the opposite choice, and their product, the derivative of σ, is (e·r)·r: no
/// term cancels in either tail.
public let machineRules: [Rule] = [
  rule(
    "rest of a sigmoid",
    1 - select(k, y * reciprocal, reciprocal)
      => select(k, reciprocal, y * reciprocal), .stable),
  rule(
    "rest of a rest",
    1 - select(k, reciprocal, y * reciprocal)
      => select(k, y * reciprocal, reciprocal), .stable),
  rule(
    "rest of a sigmoid, negated",
    select(k, y * reciprocal, reciprocal) - 1
      => -select(k, reciprocal, y * reciprocal), .stable),
  rule(
    "rest of a rest, negated",
    select(k, reciprocal, y * reciprocal) - 1
      => -select(k, y * reciprocal, reciprocal), .stable),
]
