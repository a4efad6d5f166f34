import Foundation

@testable import NNCFormats

/// A file that NumPy, safetensors or gzip wrote, and what it holds.
struct GoldenFile: CustomStringConvertible, Sendable {
  let name: String
  let bytes: [UInt8]
  let arrays: [(name: String, shape: [Int], values: [Double])]

  var description: String { name }
  var source: ByteSource { ByteSource(name: name, bytes: bytes) }
}

let goldenFiles: [GoldenFile] = {
  let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Golden/formats.json")
  let json = try! JsonParser.parse(Array(Data(contentsOf: url)))
  return json["entries"]!.elements!.map { entry in
    let digits = Array(entry["hex"]!.text!.utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).map {
      UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)!
    }
    return GoldenFile(
      name: entry["file"]!.text!, bytes: bytes,
      arrays: entry["arrays"]!.elements!.map { array in
        (
          array["name"]!.text!, array["shape"]!.elements!.map { $0.count! },
          array["values"]!.elements!.map { $0.finite! }
        )
      })
  }
}()

extension Json {
  subscript(name: String) -> Json? { members?.first { $0.name == name }?.value }
}

/// Reads a file in the format that its name shows.
func arrays(_ name: String, _ source: ByteSource) throws(FileFailure) -> [StoredArray] {
  if name.hasSuffix(".npy") { return [try Npy.read(source)] }
  if name.hasSuffix(".npz") { return try Npz.read(source).arrays }
  if name.hasSuffix(".safetensors") { return try Safetensors.read(source).arrays }
  if name.hasSuffix(".gz") { return [try Idx.read(try Gzip.expanded(source))] }
  return [try Idx.read(source)]
}

/// Numbers that look random, the same ones each time: the generator SplitMix64.
struct Pseudorandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
