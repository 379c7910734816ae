"""How bulk work is spread: partitions of files, and executors that run one function over them."""
