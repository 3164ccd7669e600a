package handspun.tune;

/**
 * All that the result of a search depends on, beside the data.
 *
 * @param space what trials are drawn from
 * @param trials how many, at least 1
 * @param halving which part of them goes on to more epochs, as {@link Halving#of} takes it
 * @param seed of the random numbers that trials are drawn with; their own seed is a hyperparameter
 */
public record SearchPlan(SearchSpace space, int trials, int halving, long seed) {}
