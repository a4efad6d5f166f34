import NNCGraph

/// What is known of a value beside the line that gives it, so that lines which follow need less.
enum Form {
  /// A number everywhere.
  case number(Double)
  /// The numbers 0, 1, 2 … along an axis.
  case counted(axis: Int)
  /// Another value under this value's shape.
  case reshape(Value)
  /// Another value repeated: its axis i is this one's `axes[i]`.
  case repeated(Value, axes: [Int])
  /// Another value with its axes in this order.
  case order(Value, [Int])
  /// Values one after the other along an axis.
  case joined([Value], axis: Int)
  /// The products of a tensor with a factor that slides over it.
  case convolution(Value, Value, ConvolutionWindow)
  /// Another value times a number, and divided by one.
  case scaled(Value, by: Double, over: Double)
}
