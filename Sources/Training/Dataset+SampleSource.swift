import Datasets

extension Dataset: SampleSource {}
