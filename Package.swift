// swift-tools-version: 6.2
import PackageDescription

/// What each module may import; `LayeringTests` holds the sources to this same table. Every module begins with `NNC`,
/// since the targets of all packages that an app is made of share one space of names; its folder does without.
let modules: [(name: String, imports: [String])] = [
  ("NNCText", []),
  ("NNCDiagnostics", []),
  ("NNCTerminal", []),
  ("NNCPlotting", ["NNCText"]),
  ("NNCSyntax", ["NNCDiagnostics"]),
  ("NNCAlgebra", []),
  ("NNCGraph", ["NNCText", "NNCAlgebra"]),
  ("NNCLayers", ["NNCDiagnostics", "NNCSyntax", "NNCAlgebra", "NNCGraph"]),
  ("NNCCalculus", ["NNCAlgebra", "NNCGraph"]),
  ("NNCRewriting", ["NNCAlgebra", "NNCGraph"]),
  ("NNCDrawing", ["NNCText"]),
  (
    "NNCExplanation",
    [
      "NNCText", "NNCDiagnostics", "NNCAlgebra", "NNCGraph", "NNCLayers", "NNCCalculus",
      "NNCRewriting",
      "NNCDrawing",
    ]
  ),
  ("NNCProgram", ["NNCAlgebra"]),
  ("NNCLowering", ["NNCAlgebra", "NNCGraph", "NNCProgram"]),
  ("NNCExecution", ["NNCAlgebra", "NNCProgram"]),
  ("NNCEmission", ["NNCText", "NNCAlgebra", "NNCProgram"]),
  ("NNCStableHLO", ["NNCText", "NNCAlgebra", "NNCGraph"]),
  ("NNCFormats", ["NNCDiagnostics"]),
  ("NNCDatasets", ["NNCDiagnostics", "NNCFormats"]),
  (
    "NNCOnnx",
    ["NNCDiagnostics", "NNCSyntax", "NNCAlgebra", "NNCGraph", "NNCLayers", "NNCFormats"]
  ),
  (
    "NNC",
    [
      "NNCDiagnostics", "NNCSyntax", "NNCAlgebra", "NNCGraph", "NNCLayers", "NNCCalculus",
      "NNCRewriting", "NNCProgram",
      "NNCLowering", "NNCExecution", "NNCEmission", "NNCStableHLO", "NNCDrawing", "NNCExplanation",
      "NNCFormats", "NNCDatasets", "NNCOnnx",
    ]
  ),
  (
    "NNCTraining",
    [
      "NNCAlgebra", "NNCLayers", "NNCProgram", "NNCExecution", "NNCEmission", "NNC", "NNCFormats",
      "NNCDatasets",
    ]
  ),
  (
    "NNCVerification",
    [
      "NNCAlgebra", "NNCGraph", "NNCLayers", "NNCProgram", "NNCExecution", "NNCEmission",
      "NNCExplanation", "NNC",
      "NNCFormats", "NNCTraining",
    ]
  ),
]

/// Warnings are errors where `NNC_STRICT` is set. Not always: the build system `swiftbuild` silences the warnings of a
/// package that another depends on, and then refuses to treat them as errors.
let strict: [SwiftSetting] =
  Context.environment["NNC_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

/// The name of a module's folder: `Graph` of the module `NNCGraph`.
func folder(_ module: String) -> String { module == "NNC" ? module : String(module.dropFirst(3)) }

func library(_ name: String, _ imports: [String]) -> Target {
  .target(
    name: name, dependencies: imports.map { .byName(name: $0) }, path: "Sources/" + folder(name),
    swiftSettings: strict)
}

func tests(_ name: String, _ imports: [String] = []) -> Target {
  .testTarget(
    name: folder(name) + "Tests",
    dependencies: (modules.map(\.name) + ["NNCTestSupport"] + imports).map { .byName(name: $0) },
    path: "Tests/" + folder(name) + "Tests",
    swiftSettings: strict)
}

/// The tests to build: all, or those of the modules that `NNC_TESTS` names (`NNC_TESTS="Rewriting Layers"`), so that a
/// change is tried soon.
let tested = Context.environment["NNC_TESTS"].map { Set($0.split(separator: " ").map(String.init)) }

func isTested(_ name: String) -> Bool { tested?.contains(folder(name)) ?? true }

let package = Package(
  name: "nnc",
  // `InlineArray`, which the library and the code that it emits hold numbers in, comes with these.
  platforms: [.macOS(.v26), .iOS(.v26), .tvOS(.v26), .watchOS(.v26), .visionOS(.v26)],
  products: [
    .library(name: "NNC", targets: ["NNC", "NNCTraining"]),
    .executable(name: "nnc", targets: ["nnccommand"]),
    .plugin(name: "NNCBuildPlugin", targets: ["NNCBuildPlugin"]),
    .plugin(name: "NNCCommandPlugin", targets: ["NNCCommandPlugin"]),
  ],
  targets: modules.map { library($0.name, $0.imports) }
    + [
      library(
        "NNCTool",
        ["NNCText", "NNC", "NNCTraining", "NNCVerification", "NNCPlotting", "NNCTerminal"]),
      .executableTarget(name: "nnccommand", dependencies: ["NNCTool"], swiftSettings: strict),
      // The same for the plugins, which run the executable of a target's own name. If that belonged to a product of
      // another name, `swiftbuild` and cross builds would not make it; and a module `nnc` would collide with `NNC`
      // where file systems ignore the case.
      .executableTarget(name: "nnctool", dependencies: ["NNCTool"], swiftSettings: strict),
      .plugin(
        name: "NNCBuildPlugin", capability: .buildTool(), dependencies: ["nnctool"],
        path: "Sources/NNCBuildPlugin"),
      .plugin(
        name: "NNCCommandPlugin",
        capability: .command(
          intent: .custom(verb: "nnc", description: "Check and explain the package's networks.")),
        dependencies: ["nnctool"], path: "Sources/NNCCommandPlugin"),
      .target(
        name: "NNCTestSupport",
        dependencies: ["NNCAlgebra", "NNCGraph", "NNCProgram", "NNCVerification"],
        path: "Tests/Support",
        // What tests compute by is optimised even where they are not. No product holds this target, so packages that
        // depend on this one may.
        swiftSettings: strict + [.unsafeFlags(["-O"])]),
      .target(
        name: "NNCFuzzing", dependencies: ["NNC", "NNCFormats"], path: "Tests/Fuzz/Targets",
        swiftSettings: strict),
    ]
    + modules.map(\.name).filter(isTested).map { tests($0) }
    + (isTested("NNCTool") ? [tests("NNCTool", ["NNCTool"])] : [])
    + (isTested("NNCLayering") ? [tests("NNCLayering")] : [])
    + (isTested("NNCFuzz") ? [tests("NNCFuzz", ["NNCFuzzing"])] : []),
  swiftLanguageModes: [.v6]
)
