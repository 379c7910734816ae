"""Work over partitions: order, bound, faults."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from observance.engine.executors import Inline, process_pool, run_ordered
from observance.engine.partitions import month_of
from observance.errors import UsageError


def square(x):
    return x * x


def test_results_come_in_the_order_of_the_items():
    with ThreadPoolExecutor(3) as pool:
        assert list(run_ordered(pool, square, range(50))) == [x * x for x in range(50)]
    assert list(run_ordered(Inline(), square, range(5))) == [0, 1, 4, 9, 16]


def test_no_more_items_are_taken_than_may_be_in_work():
    taken = []

    def items():
        for k in range(20):
            taken.append(k)
            yield k

    results = run_ordered(Inline(), square, items(), ahead=3)
    next(results)
    assert len(taken) <= 3


def test_the_first_fault_stops_the_run():
    with pytest.raises(ZeroDivisionError):
        list(run_ordered(Inline(), lambda x: 1 // x, [1, 0, 1]))


def test_a_pool_without_workers_is_refused():
    with pytest.raises(UsageError):
        process_pool(0)


def test_the_month_of_a_second():
    assert month_of(1_709_251_199) == "2024-02"
    assert month_of(1_709_251_200) == "2024-03"


ORPHANS = """
import os, time
from observance.engine.executors import process_pool
pool = process_pool(1)
print(pool.submit(os.getpid).result(), flush=True)
time.sleep(600)
"""


def test_workers_end_when_the_process_that_started_them_is_killed():
    # The script has no `__main__` guard either: a worker that imported it again would never answer.
    parent = subprocess.Popen([sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, text=True)
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    for _ in range(300):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived its parent")
