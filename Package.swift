// swift-tools-version: 6.2
import PackageDescription

/// What each module may import; `LayeringTests` holds the sources to this same table.
let modules: [(name: String, imports: [String])] = [
  ("Diagnostics", []),
  ("Terminal", []),
  ("Plotting", []),
  ("Syntax", ["Diagnostics"]),
  ("Algebra", []),
  ("Graph", ["Algebra"]),
  ("Layers", ["Diagnostics", "Syntax", "Algebra", "Graph"]),
  ("Calculus", ["Algebra", "Graph"]),
  ("Rewriting", ["Algebra", "Graph"]),
  ("Drawing", []),
  (
    "Explanation",
    ["Diagnostics", "Algebra", "Graph", "Layers", "Calculus", "Rewriting", "Drawing"]
  ),
  ("Program", ["Algebra"]),
  ("Lowering", ["Algebra", "Graph", "Program"]),
  ("Execution", ["Algebra", "Program"]),
  ("Emission", ["Algebra", "Program"]),
  ("Formats", ["Diagnostics"]),
  ("Datasets", ["Diagnostics", "Formats"]),
  (
    "NNC",
    [
      "Diagnostics", "Syntax", "Algebra", "Graph", "Layers", "Calculus", "Rewriting", "Program",
      "Lowering", "Execution", "Emission", "Drawing", "Explanation", "Formats", "Datasets",
    ]
  ),
  (
    "Training",
    [
      "Algebra", "Layers", "Program", "Execution", "Emission", "NNC", "Formats", "Datasets",
    ]
  ),
  (
    "Verification",
    [
      "Algebra", "Graph", "Layers", "Program", "Execution", "Emission", "Explanation", "NNC",
      "Formats", "Training",
    ]
  ),
]

/// Warnings are errors where `NNC_STRICT` is set. Not always: the build system `swiftbuild` silences the warnings of a
/// package that another depends on, and then refuses to treat them as errors.
let strict: [SwiftSetting] =
  Context.environment["NNC_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)]

func library(_ name: String, _ imports: [String]) -> Target {
  .target(
    name: name, dependencies: imports.map { .byName(name: $0) }, swiftSettings: strict)
}

func tests(_ name: String, _ imports: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: (modules.map(\.name) + ["TestSupport"] + imports).map { .byName(name: $0) },
    swiftSettings: strict)
}

let package = Package(
  name: "nnc",
  products: [
    .library(name: "NNC", targets: ["NNC", "Training"]),
    .executable(name: "nnc", targets: ["nnccommand"]),
    .plugin(name: "NNCBuildPlugin", targets: ["NNCBuildPlugin"]),
    .plugin(name: "NNCCommandPlugin", targets: ["NNCCommandPlugin"]),
  ],
  targets: modules.map { library($0.name, $0.imports) }
    + [
      library("Tool", ["NNC", "Training", "Verification", "Plotting", "Terminal"]),
      .executableTarget(name: "nnccommand", dependencies: ["Tool"], swiftSettings: strict),
      // The same for the plugins, which run the executable of a target's own name. If that belonged to a product of
      // another name, `swiftbuild` and cross builds would not make it; and a module `nnc` would collide with `NNC`
      // where file systems ignore the case.
      .executableTarget(name: "nnctool", dependencies: ["Tool"], swiftSettings: strict),
      .plugin(
        name: "NNCBuildPlugin", capability: .buildTool(), dependencies: ["nnctool"],
        path: "Sources/NNCBuildPlugin"),
      .plugin(
        name: "NNCCommandPlugin",
        capability: .command(
          intent: .custom(verb: "nnc", description: "Check and explain the package's networks.")),
        dependencies: ["nnctool"], path: "Sources/NNCCommandPlugin"),
      .target(
        name: "TestSupport", dependencies: ["Algebra", "Graph", "Program", "Verification"],
        path: "Tests/Support",
        swiftSettings: strict),
    ]
    + modules.map { tests($0.name) } + [tests("Tool", ["Tool"]), tests("Layering")],
  swiftLanguageModes: [.v6]
)
