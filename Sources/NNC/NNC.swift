/// The neural-network compiler as a library: parse, differentiate, simplify, run and emit from a Swift program.
///
///     let compilation = Compilation(SourceFile(name: "net.nn", text: "linear 2->1; sigmoid; loss mse; train sgd"))
///     let model = try compilation.model()
///     let loss = try model.step(input: [0.05, 0.10], target: [1])
///     for file in try compilation.emit(.c) { print(file.text) }
@_exported import NNCDatasets
@_exported import NNCDiagnostics

@_exported import enum NNCAlgebra.Precision
@_exported import NNCDrawing
@_exported import enum NNCEmission.WeightsPlace
@_exported import NNCExplanation
@_exported import enum NNCLayers.GradientClip
@_exported import struct NNCLayers.ElementNaming
@_exported import enum NNCLayers.LanguageTable
@_exported import struct NNCLayers.LayerSummary
@_exported import struct NNCProgram.Target
@_exported import struct NNCLayers.Network
@_exported import struct NNCLayers.NetworkPort
@_exported import enum NNCLayers.TrainedPart
@_exported import struct NNCLayers.Parameter
@_exported import enum NNCLayers.ParameterKind
@_exported import struct NNCLayers.SharedName
@_exported import class NNCFormats.ByteSource
@_exported import struct NNCFormats.FileFailure
@_exported import struct NNCFormats.FileKind
@_exported import struct NNCFormats.PendingFile
@_exported import enum NNCFormats.Json
@_exported import struct NNCFormats.JsonParser
@_exported import enum NNCGraph.FormulaStyle
@_exported import enum NNCOnnx.OnnxExport
@_exported import struct NNCOnnx.OnnxImport
@_exported import enum NNCStableHLO.RealType
