package dev.bindery.binding.router;

import java.util.List;

/**
 * A model of this instance.
 *
 * @param name its name
 * @param targets who may answer, in the operator's order; at least one
 * @param sticky which requests are to go to one target
 * @param sameModel whether the operator says that all targets are one model, whatever their names
 */
record Route(String name, List<Target> targets, Sticky sticky, boolean sameModel) {
    Route {
        targets = List.copyOf(targets);
    }

    /**
     * The targets whose vectors and tokens are those of the first: that have the same model, by its
     * name or by the operator's word. Others would answer in another language.
     */
    List<Target> interchangeable() {
        String first = targets.getFirst().bareModel();
        return targets.stream()
                .filter(target -> sameModel || target.bareModel().equals(first))
                .toList();
    }
}
