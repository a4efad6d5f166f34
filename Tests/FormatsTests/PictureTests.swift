import Foundation
import NNCDiagnostics
import Testing

@testable import NNCFormats

/// Pictures as Pillow reads them.
@Suite struct PictureTests {
  struct Golden: CustomTestStringConvertible, Sendable {
    let name: String
    let file: [UInt8]
    let size: [Int]
    let bytes: [UInt8]
    let grey: [UInt8]

    var testDescription: String { name }
    var source: ByteSource { ByteSource(name: name, bytes: file) }
  }

  static let goldens: [Golden] = {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/pictures.json")
    let json = try! JsonParser.parse(Array(Data(contentsOf: url)))
    return json["entries"]!.elements!.map { entry in
      func bytes(_ name: String) -> [UInt8] {
        let digits = Array(entry[name]!.text!.utf8)
        return stride(from: 0, to: digits.count, by: 2).map {
          UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)!
        }
      }
      return Golden(
        name: entry["file"]!.text!, file: bytes("hex"),
        size: ["width", "height", "channels"].map { entry[$0]!.count! }, bytes: bytes("bytes"),
        grey: bytes("grey"))
    }
  }()

  @Test func goldensAreThere() { #expect(Self.goldens.count == 37) }

  @Test(arguments: goldens) func pixels(_ golden: Golden) throws {
    let picture = try Picture.read(golden.source)
    #expect([picture.width, picture.height, picture.channels] == golden.size)
    #expect(picture.bytes == golden.bytes)
    #expect(picture.planes(1) == golden.grey)
    let planes = picture.planes(3)
    let count = picture.width * picture.height
    for place in 0..<count {
      let pixel = (0..<picture.channels).map { picture.bytes[place * picture.channels + $0] }
      let wanted = pixel.count == 3 ? pixel : [pixel[0], pixel[0], pixel[0]]
      #expect((0..<3).map { planes[$0 * count + place] } == wanted)
    }
  }

  /// A file that ends anywhere is refused, and one with a changed byte is refused or a picture: nothing traps.
  @Test(arguments: goldens) func damage(_ golden: Golden) throws {
    let isText = golden.name.hasPrefix("plain")
    for count in 0..<golden.file.count - 1 where !isText {
      let part = ByteSource(name: "f", bytes: Array(golden.file[..<count]))
      #expect(throws: FileFailure.self) { try Picture.read(part) }
    }
    for place in golden.file.indices {
      var bytes = golden.file
      bytes[place] ^= 0x55
      let changed = ByteSource(name: "f", bytes: bytes)
      // Every byte of a PNG counts in a checksum, and in what is left is the signature.
      if golden.name.hasSuffix(".png") {
        #expect(throws: FileFailure.self) { try Picture.read(changed) }
      } else {
        _ = try? Picture.read(changed)
      }
    }
  }

  @Test func extentsWithoutMeasure() {
    for text in [
      "P5 99999999999 99999999999 255\n", "P6 1000000 1000000 255\n", "P4 0 3\n", "P5 2 2 70000\n",
    ] {
      let error = #expect(throws: FileFailure.self) {
        try Picture.read(ByteSource(name: "f", bytes: Array(text.utf8)))
      }
      #expect(error?.message.contains("`f`") == true)
    }
  }
}
