# make run · make test · make review · make bench: each sets up what it needs.
.PHONY: run test review bench setup lint
setup:
	@sh tools/setup.sh
