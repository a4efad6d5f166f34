/// In which order a date with slashes, 5/6/2024, has day and month.
public enum DateOrder: String, Hashable, Sendable, CaseIterable {
  /// The day first.
  case dmy
  /// The month first.
  case mdy
}

/// What a text that should be a date is.
enum DateText {
  case date(CalendarDate)
  /// Day and month might be either.
  case ambiguous
  case text

  /// Reads `2024-05-17`, `2024/05/17`, `17.05.2024` and, in the order given, `17/05/2024`; behind it perhaps a time,
  /// `13:45` or `13:45:30`, divided by a blank or a `T`; a `Z` and parts of a second count for nothing.
  init(_ bytes: UnsafeBufferPointer<UInt8>, order: DateOrder?) {
    var numbers: [Int] = []
    var lengths: [Int] = []
    var marks: [UInt8] = []
    var digits = 0
    var value = 0
    var end = bytes.count
    while end > 0, bytes[end - 1] == 0x20 { end -= 1 }
    if end > 0, bytes[end - 1] == UInt8(ascii: "Z") { end -= 1 }
    var place = 0
    while place < end, bytes[place] == 0x20 { place += 1 }
    while place <= end {
      if place < end, bytes[place] &- 0x30 < 10 {
        digits += 1
        if digits > 9 {
          self = .text
          return
        }
        value = value * 10 + Int(bytes[place] - 0x30)
      } else {
        if digits == 0 || numbers.count == 7 {
          self = .text
          return
        }
        numbers.append(value)
        lengths.append(digits)
        (digits, value) = (0, 0)
        if place < end { marks.append(bytes[place] == 0x54 ? 0x20 : bytes[place]) }
      }
      place += 1
    }
    let text = String(decoding: marks, as: UTF8.self)
    let times = ["", " :", " ::", " ::."]
    guard numbers.count >= 3, times.contains(String(text.dropFirst(2))),
      text.first == text.dropFirst().first, let mark = text.first
    else {
      self = .text
      return
    }
    let time = Array(numbers[3...]) + [0, 0, 0]
    let second = time[0] * 3600 + time[1] * 60 + time[2]
    let isTime = time[0] < 24 && time[1] < 60 && time[2] < 60
    func date(_ year: Int, _ month: Int, _ day: Int) -> DateText {
      guard isTime, let date = CalendarDate(year: year, month: month, day: day, second: second)
      else { return .text }
      return .date(date)
    }
    if lengths[0] == 4, mark == "-" || mark == "/" || mark == "." {
      self = date(numbers[0], numbers[1], numbers[2])
    } else if lengths[2] == 4, mark == "." {
      self = date(numbers[2], numbers[1], numbers[0])
    } else if lengths[2] == 4, mark == "/" || mark == "-" {
      switch order {
      case .dmy: self = date(numbers[2], numbers[1], numbers[0])
      case .mdy: self = date(numbers[2], numbers[0], numbers[1])
      case nil: self = numbers[0] > 31 || numbers[1] > 31 ? .text : .ambiguous
      }
    } else {
      self = .text
    }
  }
}
