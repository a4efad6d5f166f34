/// What the loop of a firmware would call.
public func step(_ p: inout Net.Parameters, input x: InlineArray<2, Float>, target: Float) -> Float
{
  Net.train(&p, input: x, target: [target])
}
