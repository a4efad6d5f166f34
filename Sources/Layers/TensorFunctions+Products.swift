import NNCAlgebra
import NNCDiagnostics
import NNCGraph

/// Products of tensors, and what is looked up in them.
let productFunctions: [TensorFunction] = [
  TensorFunction("dot", [.value, .second], "the sum of the products of their elements") {
    elaborator, given, span in
    let (a, b) = (given[0].node!, given[1].node!)
    let (first, other) = (elaborator.graph.shape(a), elaborator.graph.shape(b))
    if first == other { return elaborator.graph.dot(a, b) }
    elaborator.report(
      .shapesDisagree("dot", [(first, given[0].span), (other, given[1].span)], at: span))
    return nil
  }.drawn("x/(1 + dot(x, x))"),
  TensorFunction("outer", [.value, .second], "a matrix: each element of a times each of b") {
    elaborator, given, span in
    let (a, b) = (given[0].node!, given[1].node!)
    if let node = elaborator.graph.outer(a, b) { return node }
    let places = given.map { (elaborator.graph.shape($0.node!), $0.span) }
    elaborator.report(.shapesDisagree("outer", places, at: span))
    return nil
  }.drawn("outer(x, x)[0] + x"),
  TensorFunction(
    "einsum", [FunctionParameter(name: "equation", kind: .text), .several],
    "products summed by a rule of letters, one for each axis: \"ij,jk->ik\" is a @ b"
  ) { elaborator, given, span in elaborator.einsum(given[0], given[1].several, span) }.drawn(
    "einsum(\"i,i,j->j\", x, x, x)"),
  TensorFunction(
    "pick", [.value, FunctionParameter(name: "k")],
    "of each row of a, along the last axis, the element that the whole number k says"
  ) { elaborator, given, span in
    let (a, k) = (given[0].node!, given[1].node!)
    let (rows, numbers) = (elaborator.graph.shape(a), elaborator.graph.shape(k))
    if !rows.isEmpty, rows.dropLast() == numbers[...] { return elaborator.graph.pick(a, k) }
    elaborator.report(
      .shapesDisagree("pick", [(rows, given[0].span), (numbers, given[1].span)], at: span))
    return nil
  }.drawn("x + 0.1*pick(x, argmax(x))"),
  TensorFunction(
    "onehot", [.value, FunctionParameter(name: "count")],
    "for each whole number of a so many numbers, all 0 but one, along a new last axis"
  ) { elaborator, given, span in
    let graph = elaborator.graph
    guard let number = graph.constantValue(given[1].node!), let count = Int(exactly: number),
      count > 0, (graph.shape(given[0].node!) + [count]).checkedCount != nil
    else {
      elaborator.report(.indexNotWhole(at: given[1].span))
      return nil
    }
    return elaborator.graph.oneHot(given[0].node!, count: count)
  }.drawn("x + onehot(argmax(x), 2)[0]"),
  TensorFunction(
    "where", [FunctionParameter(name: "c"), .value, .second], "a where c is not 0, else b"
  ) {
    elaborator, given, span in
    elaborator.elementwise(.select, called: "where", given, span).node
  }.drawn("where(x > 0.1, x, 0.3*x)"),
]
