// swift-tools-version: 6.2
import PackageDescription

/// What makes a target one for a machine without an operating system; for this machine it is an ordinary one.
let embedded: [SwiftSetting] = [
  .enableExperimentalFeature("Embedded", .when(traits: ["Embedded"])),
  .unsafeFlags(["-wmo", "-no-allocations"], .when(traits: ["Embedded"])),
]

let package = Package(
  name: "Consumer",
  platforms: [.macOS(.v26)],
  products: [.library(name: "Firmware", type: .static, targets: ["Firmware"])],
  traits: ["Embedded"],
  dependencies: [.package(name: "nnc", path: "../nnc")],
  targets: [
    .target(name: "Graph"),
    .executableTarget(
      name: "App", dependencies: ["Graph"],
      plugins: [.plugin(name: "NNCBuildPlugin", package: "nnc")]),
    .target(
      name: "Firmware", swiftSettings: embedded,
      plugins: [.plugin(name: "NNCBuildPlugin", package: "nnc")]),
    .testTarget(
      name: "AppTests", dependencies: ["App"],
      plugins: [.plugin(name: "NNCBuildPlugin", package: "nnc")]),
  ]
)
