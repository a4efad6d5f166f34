// The parts of a receipt.
extension BackpropTrace {
  /// The units and what connects them.
  var layers: JsonTree {
    var parameters: [JsonTree] = []
    for (layer, from, to) in [
      (topology.hidden, names.inputs, names.hidden), (topology.output, names.hidden, names.outputs),
    ] {
      let isHidden = layer.weight == 0
      for (place, name) in names.parameters[layer.weight].enumerated() {
        parameters.append([
          "id": .text(name),
          "role": .text(isHidden ? "input_to_hidden_weight" : "hidden_to_output_weight"),
          "from_unit": .text(from[place % from.count]), "to_unit": .text(to[place / from.count]),
        ])
      }
      for (name, unit) in zip(names.parameters[layer.weight + 1], to) {
        parameters.append([
          "id": .text(name), "role": .text(isHidden ? "hidden_bias" : "output_bias"),
          "applies_to_units": [.text(unit)],
        ])
      }
    }
    return [
      "layers": ["input", "hidden", "output"], "input_size": .count(names.inputs.count),
      "hidden_size": .count(names.hidden.count), "output_size": .count(names.outputs.count),
      "unit_order": [
        "input": .texts(names.inputs), "hidden": .texts(names.hidden),
        "output": .texts(names.outputs),
      ],
      "parameter_order": .texts(names.parameters.flatMap { $0 }), "parameters": .list(parameters),
      "activation_hidden": .text(topology.hidden.activation),
      "activation_output": .text(topology.output.activation), "loss": .text(topology.lossName),
      "bias_sharing": "per_neuron",
    ]
  }

  /// Every parameter's number.
  func parameters(_ subject: Subject) -> JsonTree {
    .numbers(names.parameters.flatMap { $0 }, subject.parameters.flatMap { $0 })
  }

  /// Every unit before and after its activation.
  func forward(_ moment: Moment) -> JsonTree {
    .object(
      zip(names.hidden + names.outputs, zip(moment.nets.joined(), moment.outs.joined())).map {
        (name: $0, value: ["net": .number($1.0), "out": .number($1.1)])
      })
  }

  /// The loss, output by output.
  func loss(_ moment: Moment) -> JsonTree {
    [
      "per_output": .numbers(names.outputs, moment.losses),
      "total": .number(moment.losses.reduce(0, +)),
    ]
  }

  /// The error signals with the factors and sums that they are made from.
  func backward(_ moment: Moment, _ subject: Subject) -> JsonTree {
    let (outer, inner) = (moment.signals[1], moment.signals[0])
    let isSoftmax = topology.output.activation == "softmax"
    let outputs = names.outputs.indices.map { k -> (name: String, value: JsonTree) in
      let difference = JsonTree.number(subject.target[k] - moment.outs[1][k])
      let factors: JsonTree =
        isSoftmax
        ? [["name": "target_minus_probability", "value": difference]]
        : [
          ["name": "target_minus_output", "value": difference],
          ["name": "activation_derivative", "value": .number(moment.slopes[1][k])],
        ]
      var members: [(name: String, value: JsonTree)] = [
        (name: "factors", value: factors), (name: "product_order", value: "left_to_right"),
        (name: "signal_value", value: .number(outer[k])),
      ]
      if isSoftmax { members.append((name: "dual_form", value: dual(k, moment, subject))) }
      return (name: names.outputs[k], value: .object(members))
    }
    let weights = subject.parameters[topology.output.weight]
    let hidden = names.hidden.indices.map { h -> (name: String, value: JsonTree) in
      var total = 0.0
      let parts = names.outputs.indices.map { k -> JsonTree in
        let place = k * names.hidden.count + h
        total += outer[k] * weights[place]
        return [
          "from": .text(names.outputs[k]), "downstream_signal": .number(outer[k]),
          "via_weight": .text(names.parameters[topology.output.weight][place]),
          "weight_value": .number(weights[place]), "value": .number(outer[k] * weights[place]),
        ]
      }
      return (
        name: names.hidden[h],
        value: [
          "downstream_contributions": .list(parts), "summation_order": .texts(names.outputs),
          "backpropagated_sum": .number(total),
          "activation_derivative": .number(moment.slopes[0][h]), "product_order": "left_to_right",
          "signal_value": .number(inner[h]),
        ]
      )
    }
    return ["output_error_signals": .object(outputs), "hidden_error_signals": .object(hidden)]
  }

  /// The signal of output k through all of them: Σⱼ tⱼ (δⱼₖ − pₖ).
  private func dual(_ k: Int, _ moment: Moment, _ subject: Subject) -> JsonTree {
    var total = 0.0
    let terms = names.outputs.indices.map { j -> JsonTree in
      let (target, rest) = (subject.target[j], (j == k ? 1 : 0) - moment.outs[1][k])
      total += target * rest
      return [
        "target_unit": .text(names.outputs[j]),
        "factors": [
          [
            "name": "y_j", "from": .text("targets.\(names.outputs[j])"), "value": .number(target),
          ],
          ["name": "delta_ju_minus_p_u", "value": .number(rest)],
        ],
        "term_value": .number(target * rest),
      ]
    }
    return [
      "jacobian_terms": .list(terms), "product_order": "left_to_right",
      "summation_order": .texts(names.outputs), "summed_value": .number(total),
    ]
  }

  /// The update of every trained parameter.
  func updates(_ moment: Moment, _ before: Subject, _ after: Subject) -> JsonTree {
    var updates: [JsonTree] = []
    for (number, layer) in [topology.hidden, topology.output].enumerated() {
      let isHidden = number == 0
      let side = isHidden ? "hidden" : "output"
      let to = isHidden ? names.hidden : names.outputs
      let from = isHidden ? names.inputs : names.hidden
      let source = isHidden ? before.input : moment.outs[0]
      for index in [layer.weight, layer.weight + 1] {
        if topology.network.parameters[index].isFrozen { continue }
        let isWeight = index == layer.weight
        for (place, name) in names.parameters[index].enumerated() {
          let (unit, origin) = isWeight ? (place / from.count, place % from.count) : (place, place)
          var factors: [JsonTree] = [
            [
              "name": .text("\(side)_error_signal"),
              "from": .text("backward.\(side)_error_signals.\(to[unit]).signal_value"),
              "value": .number(moment.signals[number][unit]),
            ]
          ]
          if isWeight {
            let path = isHidden ? "inputs.\(from[origin])" : "forward.\(from[origin]).out"
            factors.append([
              "name": "upstream_activation", "from": .text(path), "value": .number(source[origin]),
            ])
          }
          let (old, new) = (before.parameters[index][place], after.parameters[index][place])
          func state(_ subject: Subject) -> (String) -> Double {
            { subject.state["\(topology.network.parameters[index].name).\($0)"]![place] }
          }
          let tail = isWeight ? from[origin] : to[unit]
          let edge = isHidden ? "input_to_hidden" : "hidden_to_output"
          updates.append([
            "parameter_id": .text(name), "kind": .text(isWeight ? "weight" : "bias"),
            "layer_edge": .text(isWeight ? edge : "bias_to_layer"),
            "parameter_role": .text(isWeight ? "\(tail)_to_\(to[unit])" : "\(side)_bias"),
            "from_unit": .text(tail), "to_unit": .text(to[unit]), "weight_before": .number(old),
            "optimizer": optimizer.update(
              factors: .list(factors), before: state(before), after: state(after)),
            "gradient": .number(0 - before.gradient![index][place]),
            "update": .number(new - optimizer.kept(old)), "weight_after": .number(new),
          ])
        }
      }
    }
    return .list(updates)
  }
}
