/// The neural-network compiler as a library: parse, differentiate, simplify, run and emit from a Swift program.
///
///     let compilation = Compilation(SourceFile(name: "net.nn", text: "linear 2->1; sigmoid; loss mse; train sgd"))
///     let model = try compilation.model()
///     let loss = try model.step(input: [0.05, 0.10], target: [1])
///     for file in try compilation.emit(.c) { print(file.text) }
@_exported import Datasets
@_exported import Diagnostics

@_exported import enum Algebra.Precision
@_exported import Drawing
@_exported import enum Emission.WeightsPlace
@_exported import Explanation
@_exported import enum Layers.GradientClip
@_exported import struct Layers.LayerSummary
@_exported import struct Program.Target
@_exported import struct Layers.Network
@_exported import enum Layers.TrainedPart
@_exported import struct Layers.Parameter
@_exported import class Formats.ByteSource
@_exported import struct Formats.FileFailure
@_exported import struct Formats.PendingFile
@_exported import enum Formats.Json
@_exported import struct Formats.JsonParser
@_exported import enum Graph.FormulaStyle
