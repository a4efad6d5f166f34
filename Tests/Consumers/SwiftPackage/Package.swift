// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Consumer",
  dependencies: [.package(name: "nnc", path: "../nnc")],
  targets: [
    .executableTarget(
      name: "App", plugins: [.plugin(name: "NNCBuildPlugin", package: "nnc")]),
    .target(name: "Firmware", plugins: [.plugin(name: "NNCBuildPlugin", package: "nnc")]),
    .testTarget(
      name: "AppTests", dependencies: ["App"],
      plugins: [.plugin(name: "NNCBuildPlugin", package: "nnc")]),
  ]
)
