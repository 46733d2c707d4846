package dev.bindery.host.document;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Changes one field of a node tree and leaves everything else, comments too, as it is. */
final class YamlEdit {
    private YamlEdit() {}

    static void set(MappingNode map, List<String> path, @Nullable Object value, Yaml yaml) {
        String head = path.getFirst();
        if (path.size() == 1) {
            put(map, head, value == null ? null : nodeOf(value, yaml), yaml);
            return;
        }
        MappingNode inner = child(map, head);
        set(inner, path.subList(1, path.size()), value, yaml);
        put(map, head, inner.getValue().isEmpty() ? null : inner, yaml);
    }

    private static MappingNode child(MappingNode map, String name) {
        for (NodeTuple field : map.getValue()) {
            if (isNamed(field, name) && field.getValueNode() instanceof MappingNode inner) {
                return inner;
            }
        }
        return new MappingNode(Tag.MAP, new ArrayList<>(), DumperOptions.FlowStyle.BLOCK);
    }

    private static void put(MappingNode map, String name, @Nullable Node value, Yaml yaml) {
        List<NodeTuple> fields = new ArrayList<>(map.getValue());
        int at = 0;
        while (at < fields.size() && !isNamed(fields.get(at), name)) {
            at++;
        }
        if (at < fields.size()) {
            NodeTuple old = fields.remove(at);
            if (value != null) {
                keepComments(old.getValueNode(), value);
                fields.add(at, new NodeTuple(old.getKeyNode(), value));
            }
        } else if (value != null) {
            fields.add(new NodeTuple(nodeOf(name, yaml), value));
        }
        map.setValue(fields);
    }

    private static void keepComments(Node old, Node replacement) {
        replacement.setInLineComments(old.getInLineComments());
        replacement.setEndComments(old.getEndComments());
    }

    private static boolean isNamed(NodeTuple field, String name) {
        return field.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name);
    }

    private static Node nodeOf(Object value, Yaml yaml) {
        return yaml.compose(new StringReader(yaml.dump(value)));
    }
}
