// The worked example, trained by the code that NNCBuildPlugin makes of `backprop.nn`.
import Graph

var p = Backprop.Parameters()
let x: InlineArray<2, Double> = [0.05, 0.10]
let t: InlineArray<2, Double> = [0.01, 0.99]
print("loss before", Backprop.loss(p, input: x, target: t))
for _ in 0..<10_000 { _ = Backprop.train(&p, input: x, target: t) }
let y = Backprop.predict(p, input: x)
print("outputs", y[0], y[1])
print("loss after", Backprop.loss(p, input: x, target: t))
print("edges", edges.count)
