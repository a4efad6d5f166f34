#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The keys of a terminal, with those typed ahead.
struct KeySource {
  /// What waiting for the user ended with.
  enum Event: Equatable {
    case key(Key)
    /// The window has another size, or the process was stopped and goes on.
    case wake
    case end
  }

  private let input: Descriptor
  private var decoder = KeyDecoder()
  private var keys: [Key] = []
  private var taken = 0
  /// How long the rest of an escape sequence may take, in milliseconds.
  private let patience: Int32 = 100

  init(input: Int32) { self.input = Descriptor(number: input) }

  /// Whether more was typed already, so that drawing can wait: a long paste is drawn once.
  var hasMore: Bool {
    if hasKey { return true }
    var request = pollfd(fd: input.number, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0 && request.revents & Int16(POLLIN) != 0
  }

  private var hasKey: Bool { taken < keys.count }

  /// The next key, or what came before it; text typed in one go comes as one key.
  mutating func next(wake: Int32) throws(SystemError) -> Event {
    while !hasKey {
      var requests = [
        pollfd(fd: input.number, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&requests, 2, decoder.isInsideSequence ? patience : -1)
      if ready < 0 {
        let failure = errno
        if failure == EINTR { continue }
        throw SystemError(code: failure)
      }
      if ready == 0 {
        keep(decoder.flush())
      } else if requests[1].revents != 0 {
        _ = try Descriptor(number: wake).read(limit: 64)
        return .wake
      } else {
        let bytes = try readUnlessHungUp()
        keep(bytes.isEmpty ? decoder.flush() : decoder.decode(bytes))
        if bytes.isEmpty && !hasKey { return .end }
      }
    }
    return .key(take())
  }

  /// What the terminal sends; nothing, as at an end, once it was hung up.
  private func readUnlessHungUp() throws(SystemError) -> [UInt8] {
    do throws(SystemError) {
      return try input.read()
    } catch {
      if error.code == EIO { return [] }
      throw error
    }
  }

  private mutating func keep(_ more: [Key]) {
    keys = more
    taken = 0
  }

  private mutating func take() -> Key {
    defer { taken += 1 }
    guard case .text(var text) = keys[taken] else { return keys[taken] }
    while taken + 1 < keys.count, case .text(let more) = keys[taken + 1] {
      text += more
      taken += 1
    }
    return .text(text)
  }
}
