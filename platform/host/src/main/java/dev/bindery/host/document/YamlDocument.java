package dev.bindery.host.document;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** A YAML document whose top is a map, as text with lines. Not for several threads. */
public final class YamlDocument {
    static final int MAX_CHARACTERS = 256 * 1024;
    private static final int MAX_DEPTH = 20;

    private final String file;
    private final MappingNode root;
    private final String remarks;

    /**
     * @param remarks the text of a document that is nothing but comments
     */
    private YamlDocument(String file, MappingNode root, String remarks) {
        this.file = file;
        this.root = root;
        this.remarks = remarks;
    }

    /**
     * Reads a document.
     *
     * @param file what errors call it
     * @throws DocumentException for what is no YAML map, has a key twice, an alias, a tag, is too
     *     deep or too long
     */
    public static YamlDocument parse(String file, String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new DocumentException(
                    "%s: %d characters; at most %d are allowed"
                            .formatted(file, text.length(), MAX_CHARACTERS));
        }
        Node node = compose(file, text);
        if (node == null || node.getTag().equals(Tag.COMMENT)) {
            String remarks = text.isBlank() || text.endsWith("\n") ? text.strip() : text;
            return new YamlDocument(file, emptyMap(), remarks.isEmpty() ? "" : remarks + "\n");
        }
        if (!(node instanceof MappingNode map)) {
            throw new DocumentException(
                    "%s, line %d: expected fields as `name: value`"
                            .formatted(file, node.getStartMark().getLine() + 1));
        }
        YamlShape.check(file, map);
        return new YamlDocument(file, map, "");
    }

    private static @Nullable Node compose(String file, String text) {
        try {
            return yaml().compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new DocumentException(
                    "%s, line %d: not valid YAML: %s".formatted(file, line, e.getProblem()));
        } catch (YAMLException e) {
            throw new DocumentException("%s: not valid YAML: %s".formatted(file, e.getMessage()));
        }
    }

    private static MappingNode emptyMap() {
        return new MappingNode(Tag.MAP, new java.util.ArrayList<>(), DumperOptions.FlowStyle.BLOCK);
    }

    /** The fields at the top. */
    public YamlFields fields() {
        return new YamlFields(file, "", root);
    }

    /** Sets, adds or (null) removes the field to which the names lead, from the top inwards. */
    public void set(List<String> path, @Nullable Object value) {
        YamlEdit.set(root, path, value, yaml());
    }

    /** The document as text, comments included. */
    public String text() {
        if (root.getValue().isEmpty()) {
            return remarks;
        }
        StringWriter out = new StringWriter();
        yaml().serialize(root, out);
        return remarks + out;
    }

    private static Yaml yaml() {
        LoaderOptions loading = new LoaderOptions();
        loading.setProcessComments(true);
        loading.setAllowDuplicateKeys(false);
        loading.setMaxAliasesForCollections(0);
        loading.setNestingDepthLimit(MAX_DEPTH);
        loading.setCodePointLimit(MAX_CHARACTERS);
        DumperOptions dumping = new DumperOptions();
        dumping.setProcessComments(true);
        dumping.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        dumping.setWidth(Integer.MAX_VALUE);
        dumping.setSplitLines(false);
        // The other style is a tag that no document here may have.
        dumping.setNonPrintableStyle(DumperOptions.NonPrintableStyle.ESCAPE);
        return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading);
    }
}
