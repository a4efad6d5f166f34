/// The operators whose windows slide over an image or a signal.
let windowOperators: [OperatorRow] = [
  OperatorRow(
    "Conv", "auto_pad dilations group kernel_shape pads strides", "`conv`, `depthwise`"
  ) { (node) throws(ImportProblem) in [try node.convolution()] },
  OperatorRow(
    "ConvTranspose",
    "auto_pad dilations group kernel_shape output_padding output_shape pads strides", "`deconv`"
  ) { (node) throws(ImportProblem) in [try node.transposed()] },
  OperatorRow(
    "MaxPool", "auto_pad ceil_mode dilations kernel_shape pads storage_order strides", "`maxpool`"
  ) { (node) throws(ImportProblem) in
    try node.onlyFirstOutput()
    return [try node.pool("maxpool")]
  },
  OperatorRow(
    "AveragePool", "auto_pad ceil_mode count_include_pad dilations kernel_shape pads strides",
    "`avgpool`"
  ) { (node) throws(ImportProblem) in [try node.pool("avgpool")] },
  OperatorRow("GlobalAveragePool", "", "`globalavgpool`") { (node) throws(ImportProblem) in
    [try node.global("globalavgpool")]
  },
  OperatorRow("GlobalMaxPool", "", "`globalmaxpool`") { (node) throws(ImportProblem) in
    [try node.global("globalmaxpool")]
  },
  OperatorRow(
    "Resize",
    "antialias axes coordinate_transformation_mode cubic_coeff_a exclude_outside "
      + "extrapolation_value keep_aspect_ratio_policy mode nearest_mode", "`upsample`"
  ) { (node) throws(ImportProblem) in [try node.resized()] },
  OperatorRow("Upsample", "mode scales height_scale width_scale", "`upsample`") {
    (node) throws(ImportProblem) in [try node.resized()]
  },
]
