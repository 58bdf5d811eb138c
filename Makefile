# A thin front: what a newcomer types. The build itself is CMake (CMakePresets.json).
# SPDX-License-Identifier: Apache-2.0

JOBS ?= $(shell nproc)
PE_FUZZ_SECONDS ?= 45

.PHONY: help demo test test-long test-all bench dist format clean
.NOTPARALLEL:

help:
	@echo "make demo       install what is missing, build, and judge a sample tenant"
	@echo "make test       install what is missing, build, and run the tests (a few minutes)"
	@echo "make test-long  what takes longer: clang, coverage, fuzzers, a bare Debian"
	@echo "make test-all   both"
	@echo "make bench      measure it beside lua5.4, jq and python3 (ten minutes, docs/performance.md)"
	@echo "make dist       a static release archive, the same bytes everywhere"
	@echo "make format     lay out the C sources with clang-format"
	@echo "make clean      remove build/"

demo:
	@tools/install-packages.sh demo
	@cmake --preset release -DBUILD_TESTING=OFF
	@cmake --build --preset release -j $(JOBS) --target policyeval
	@tools/demo.sh

test:
	@tools/install-packages.sh test
	@tools/test.sh $(JOBS) asan release

test-long:
	@tools/install-packages.sh all
	@tools/test.sh $(JOBS) clang
	@tools/coverage.sh $(JOBS)
	@tools/fuzz.sh $(JOBS) $(PE_FUZZ_SECONDS)
	@cmake --preset release
	@cmake --build --preset release -j $(JOBS)
	@ctest --preset long -j $(JOBS)

test-all: test test-long

bench:
	@tools/install-packages.sh test
	@cmake --preset release
	@cmake --build --preset release -j $(JOBS) --target bench

dist:
	@tools/install-packages.sh demo
	@tools/dist.sh $(JOBS)

format:
	@find engine include tests tools -name '*.[ch]' -exec clang-format -i {} +

clean:
	@rm -rf build dist
