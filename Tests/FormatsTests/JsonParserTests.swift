import Testing

@testable import NNCFormats

@Suite struct JsonParserTests {
  @Test(arguments: [
    ("-12.5e+3", Json.number("-12.5e+3")), ("0", .number("0")), (" true ", .bool(true)),
    ("[]", .array([])), ("{}", .object([])),
    ("[null,[false]]", .array([.null, .array([.bool(false)])])),
    (#""\u00e9\ud83d\ude00\n""#, .string("é😀\n")),
    (
      #"{"a":{"b":[1]},"c":""}"#,
      .object([
        .init(name: "a", value: .object([.init(name: "b", value: .array([.number("1")]))])),
        .init(name: "c", value: .string("")),
      ])
    ),
  ]) func reads(text: String, value: Json) throws {
    #expect(try JsonParser.parse(Array(text.utf8)) == value)
  }

  @Test(arguments: [
    "", "01", "1.", ".5", "-", "1e", "+1", "nul", "NaN", "[1,]", "[1 2]", "{\"a\"}", "{a:1}",
    "{\"a\":1,}", "[", "{\"a\":1", "\"abc", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\n\"", "[]]",
    "{\"a\":1,\"a\":2}", String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
    String(repeating: "[", count: 1_000_000),
  ]) func refuses(text: String) {
    #expect(throws: JsonParser.Problem.self) { try JsonParser.parse(Array(text.utf8)) }
  }

  @Test func placesOfNames() throws {
    let text = #"{ "a": {"b": [{"c": 1}]}, "d\n":2}"#
    let places = try JsonParser.parseWithPlaces(Array(text.utf8)).places
    let names = places.mapValues { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
    #expect(
      names == [
        ["a"]: "\"a\"", ["a", "b"]: "\"b\"", ["a", "b", "c"]: "\"c\"", ["d\n"]: #""d\n""#,
      ])
  }
}
