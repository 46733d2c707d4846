package dev.bindery.server.cost;

import dev.bindery.api.Usage;
import dev.bindery.server.account.CallAccount;
import dev.bindery.server.account.Cost;
import dev.bindery.server.json.JsonText;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * What calls of one model, or of several, have taken so far.
 *
 * @param calls how many there were
 * @param unpricedCalls those of them that took tokens at a price that nobody knows, or an unknown
 *     number of tokens; the cost is without them
 * @param inputTokens as far as they are known
 * @param cachedInputTokens those of them that came from a cache
 * @param outputTokens as far as they are known
 * @param cost by currency; nothing where nothing is known
 */
public record ModelTotal(
        long calls,
        long unpricedCalls,
        long inputTokens,
        long cachedInputTokens,
        long outputTokens,
        Map<String, Double> cost) {
    static final ModelTotal NOTHING = new ModelTotal(0, 0, 0, 0, 0, Map.of());

    public ModelTotal {
        cost = Map.copyOf(cost);
    }

    static ModelTotal of(CallAccount call) {
        Usage usage = call.ownUsage();
        boolean free = call.isFree() || call.hasCallsBehind();
        return new ModelTotal(
                1,
                call.ownCost().isPresent() || free ? 0 : 1,
                usage.inputTokens().orElse(0),
                usage.cacheReadTokens().orElse(0),
                usage.outputTokens().orElse(0),
                call.ownCost().map(ModelTotal::costs).orElse(Map.of()));
    }

    private static Map<String, Double> costs(Cost cost) {
        return Map.of(cost.currency(), cost.amount());
    }

    /** Everything together. */
    public static ModelTotal sum(Collection<ModelTotal> totals) {
        return totals.stream().reduce(NOTHING, ModelTotal::plus);
    }

    ModelTotal plus(ModelTotal more) {
        Map<String, Double> both = new TreeMap<>(cost);
        more.cost.forEach((currency, amount) -> both.merge(currency, amount, Double::sum));
        return new ModelTotal(
                calls + more.calls,
                unpricedCalls + more.unpricedCalls,
                inputTokens + more.inputTokens,
                cachedInputTokens + more.cachedInputTokens,
                outputTokens + more.outputTokens,
                both);
    }

    /** Its fields, into an object that is open. */
    public void write(JsonText out) {
        out.field("calls").number(calls);
        out.field("unpriced_calls").number(unpricedCalls);
        out.field("input_tokens").number(inputTokens);
        out.field("cached_input_tokens").number(cachedInputTokens);
        out.field("output_tokens").number(outputTokens);
        out.field("cost").beginObject();
        new TreeMap<>(cost).forEach((currency, sum) -> out.field(currency).number(sum));
        out.endObject();
    }
}
