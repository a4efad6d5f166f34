// NNC
