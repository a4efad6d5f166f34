/// A module of the app's own, called as a part of nnc might be: names of targets must not clash.
public let edges = [(0, 1), (1, 2)]
