package dev.bindery.host.document;

import java.util.HashSet;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What a document may be made of: plain values, lists and maps with plain keys, each key once. */
final class YamlShape {
    private static final Set<Tag> PLAIN =
            Set.of(
                    Tag.MAP,
                    Tag.SEQ,
                    Tag.STR,
                    Tag.INT,
                    Tag.FLOAT,
                    Tag.BOOL,
                    Tag.NULL,
                    Tag.TIMESTAMP);

    private final String file;
    private final Set<Node> seen = new HashSet<>();

    private YamlShape(String file) {
        this.file = file;
    }

    static void check(String file, Node root) {
        new YamlShape(file).node(root);
    }

    private void node(Node node) {
        if (!seen.add(node) || node.getAnchor() != null) {
            throw refused(node, "anchors and aliases are not allowed; write the value out");
        }
        if (!PLAIN.contains(node.getTag())) {
            throw refused(node, "the tag " + node.getTag() + " is not allowed");
        }
        switch (node) {
            case MappingNode map -> map(map);
            case SequenceNode list -> list.getValue().forEach(this::node);
            default -> {}
        }
    }

    private void map(MappingNode map) {
        Set<String> keys = new HashSet<>();
        for (NodeTuple field : map.getValue()) {
            if (!(field.getKeyNode() instanceof ScalarNode key)) {
                throw refused(field.getKeyNode(), "a field's name is a plain text");
            }
            if (!keys.add(key.getValue())) {
                throw refused(key, "the field " + key.getValue() + " is there twice");
            }
            node(field.getValueNode());
        }
    }

    private DocumentException refused(Node node, String why) {
        int line = node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
        return new DocumentException("%s, line %d: %s".formatted(file, line, why));
    }
}
