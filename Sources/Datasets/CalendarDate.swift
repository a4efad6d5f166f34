/// What a date is taken apart into.
public enum DatePart: String, Hashable, Sendable, CaseIterable {
  /// The year; the month from 1; the day of the month from 1.
  case year, month, day
  /// The day of the week, Monday being 1; the day of the year from 1.
  case weekday, yearday
  /// The time of day.
  case hour, minute, second
  /// The days since 1970, with the time as their fraction.
  case days

  /// What a date is taken apart into unless a call says otherwise.
  public static let usual: [DatePart] = [.year, .month, .day]
}

/// A day of the Gregorian calendar with a time.
struct CalendarDate {
  let year: Int
  let month: Int
  let day: Int
  /// Seconds since midnight.
  let second: Int
  /// The days since 1970-01-01, with the time as their fraction.
  let days: Double

  /// A day that there is; nil otherwise.
  init?(year: Int, month: Int, day: Int, second: Int = 0) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(of: month, year), (0..<86_400).contains(second)
    else { return nil }
    (self.year, self.month, self.day, self.second) = (year, month, day, second)
    days = Double(Self.number(year, month, day)) + Double(second) / 86_400
  }

  /// The date so many days after 1970-01-01, to the second; years are counted in eras of 400, which have 146,097 days
  /// and begin in March, so that the day that leap years add is their last (H. Hinnant, chrono-Compatible Low-Level
  /// Date Algorithms).
  init(days: Double) {
    let seconds = Int((min(max(days, -719_000), 2_932_000) * 86_400).rounded())
    let whole = Int((Double(seconds) / 86_400).rounded(.down))
    second = seconds - whole * 86_400
    let shifted = whole + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.days = days
  }

  /// A part of it.
  func value(of part: DatePart) -> Double {
    switch part {
    case .year: Double(year)
    case .month: Double(month)
    case .day: Double(day)
    case .weekday:
      // 1970-01-01 was a Thursday.
      Double(((Self.number(year, month, day) + 3) % 7 + 7) % 7 + 1)
    case .yearday: Double(Self.number(year, month, day) - Self.number(year, 1, 1) + 1)
    case .hour: Double(second / 3600)
    case .minute: Double(second / 60 % 60)
    case .second: Double(second % 60)
    case .days: days
    }
  }

  /// The days from 1970-01-01 to a day.
  private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func length(of month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }
}
