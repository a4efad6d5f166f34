import NNCLayers
import NNC
import NNCProgram
import Testing

@testable import NNCTraining

/// Pictures and signals changed at random.
@Suite struct AugmentationTests {
  private func changed(
    _ augmentation: Augmentation, _ input: [Double], sample: Int, epoch: Int = 0, seed: UInt64 = 5
  ) -> [Double] {
    var input = input
    input.withUnsafeMutableBufferPointer {
      augmentation.apply(to: $0.baseAddress!, of: [sample], epoch: epoch, seed: seed)
    }
    return input
  }

  /// Against the definition, written the other way round: where each number of the input goes to.
  @Test(arguments: [[2, 3, 4], [1, 5, 5], [3, 7]]) func definition(_ shape: [Int]) {
    var augmentation = Augmentation(shape: shape)
    augmentation.flips = true
    augmentation.flipsVertically = shape.count == 3
    augmentation.shift = 2
    augmentation.border = -9
    let (height, width) = (shape.count == 3 ? shape[1] : 1, shape.last!)
    let input = (0..<shape.reduce(1, *)).map { Double($0 + 1) }
    for sample in 0..<40 {
      let change = augmentation.change(of: sample, epoch: 3, seed: 5)
      var wanted = input.map { _ in -9.0 }
      for (place, number) in input.enumerated() {
        let (channel, y0) = (place / (height * width), place / width % height)
        let x0 = place % width
        let y = (change.isFlippedVertically ? height - 1 - y0 : y0) + change.down
        let x = (change.isFlipped ? width - 1 - x0 : x0) + change.right
        if (0..<height).contains(y), (0..<width).contains(x) {
          wanted[(channel * height + y) * width + x] = number
        }
      }
      #expect(changed(augmentation, input, sample: sample, epoch: 3) == wanted)
    }
  }

  /// Half are mirrored, every distance is as likely, and what one sample becomes says nothing of the others.
  @Test func chances() {
    var augmentation = Augmentation(shape: [1, 8, 8])
    augmentation.flips = true
    augmentation.shift = 2
    let count = 4000
    let changes = (0..<count).map { augmentation.change(of: $0, epoch: 1, seed: 7) }
    func share(_ isSuch: (Augmentation.Change) -> Bool) -> Double {
      Double(changes.count(where: isSuch)) / Double(count)
    }
    #expect(abs(share(\.isFlipped) - 0.5) < 0.03)
    for distance in -2...2 {
      #expect(abs(share { $0.right == distance } - 0.2) < 0.03)
      #expect(abs(share { $0.down == distance } - 0.2) < 0.03)
      #expect(abs(share { $0.right == distance && $0.isFlipped } - 0.1) < 0.03)
    }
    #expect(changes.allSatisfy { !$0.isFlippedVertically })
    let next = (0..<count).map { augmentation.change(of: $0, epoch: 2, seed: 7) }
    #expect(zip(changes, next).count { $0 == $1 } < count / 4)
  }

  private func run(
    _ augmentation: Augmentation?, batch: Int, from snapshot: TrainingSnapshot<Double>? = nil,
    stopAfter: Int = .max, choice: ExecutorChoice = .interpreter
  ) throws -> TrainingSnapshot<Double> {
    var options = TrainingOptions(
      epochs: 3, batch: batch, schedule: RateSchedule(rate: 0.1), seed: 4)
    options.augmentation = augmentation
    let network = try network(
      "input 1x4x4; conv 1->2 kernel=3; relu; flatten; linear 2; loss mse; train sgd lr=0.1")
    var steps = 0
    return try trained(
      network, options, by: choice, as: Double.self, from: snapshot,
      shouldStop: {
        steps += 1
        return steps == stopAfter
      })
  }

  /// It changes the training, whole batches in which every epoch has the same samples too; and a training that was cut
  /// anywhere goes on to the same bits.
  @Test(arguments: [4, 23]) func trainings(_ batch: Int) throws {
    var augmentation = Augmentation(shape: [1, 4, 4])
    augmentation.shift = 1
    augmentation.flips = true
    let whole = try run(augmentation, batch: batch)
    #expect(try run(nil, batch: batch).parameters != whole.parameters)
    for cut in 1..<whole.progress.step {
      let part = try run(augmentation, batch: batch, stopAfter: cut)
      let rest = try run(augmentation, batch: batch, from: part)
      #expect(
        rest.parameters.map(\.bitPattern) == whole.parameters.map(\.bitPattern), "after \(cut)")
    }
  }
}
