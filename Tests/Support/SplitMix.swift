@_exported import struct Verification.SplitMix
