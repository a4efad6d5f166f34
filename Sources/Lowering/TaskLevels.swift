import NNCGraph

/// A number for each task that is greater than those of all tasks that it waits for. A loop is waited for as a whole, and
/// begins when all is there that any of its tasks needs.
struct TaskLevels {
  private(set) var levels: [Int]

  private let tasks: [KernelTask]
  /// By task: the first task of its loop, or itself; what is done at once.
  private let units: [Int]
  /// By unit: its tasks.
  private var members: [Int: [Int]] = [:]

  init(_ tasks: [KernelTask], producer: (KernelTask.Read) -> Int) {
    self.tasks = tasks
    levels = Array(repeating: 0, count: tasks.count)
    var firsts: [GraphLoop: Int] = [:]
    var units: [Int] = []
    for (index, task) in tasks.enumerated() {
      let unit = task.turns.map { firsts[$0] ?? index } ?? index
      if let turns = task.turns { firsts[turns] = unit }
      units.append(unit)
      if unit != index { members[unit, default: [unit]].append(index) }
    }
    self.units = units
    // By unit: how many reads of what others write are still to come, and who reads what it writes.
    var left = tasks.map { _ in 0 }
    var dependents = tasks.map { _ in [Int]() }
    let producers = tasks.map { $0.needs.map(producer) }
    for (index, own) in producers.enumerated() {
      for producer in own where units[producer] != units[index] {
        left[units[index]] += 1
        dependents[units[producer]].append(units[index])
      }
    }
    var begins = tasks.map { _ in 0 }
    var ready = tasks.indices.filter { units[$0] == $0 && left[$0] == 0 }
    while let unit = ready.popLast() {
      let end = number(unit, from: begins[unit], producers)
      for dependent in dependents[unit] {
        begins[dependent] = max(begins[dependent], end + 1)
        left[dependent] -= 1
        if left[dependent] == 0 { ready.append(dependent) }
      }
    }
  }

  /// Numbers the tasks of a unit, which stand operands first; gives the greatest number.
  private mutating func number(_ unit: Int, from begin: Int, _ producers: [[Int]]) -> Int {
    var end = begin
    for index in members[unit] ?? [unit] {
      levels[index] = begin
      for producer in producers[index] where units[producer] == unit && producer < index {
        levels[index] = max(levels[index], levels[producer] + 1)
      }
      end = max(end, levels[index])
    }
    return end
  }
}
