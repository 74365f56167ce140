import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Runs veraPDF's validator over files with several profiles in one JVM.
 *
 * <p>The jar this runs from was packed without a JAXB implementation, so veraPDF's own profile
 * loader finds no profile; the profile XML in the jar is therefore read with DOM.
 *
 * <p>Usage: VeraCheck [--json] [--flavours ua1,2u] file.pdf ... Exit status: 0 all comply, 1 some
 * do not, 2 some could not be read.
 */
public final class VeraCheck {
    private static final int FAILURES_SHOWN = 20;
    private static final Map<String, String> RESOURCES = Map.of(
        "ua1", "PDFUA-1.xml", "1b", "PDFA-1B.xml", "2a", "PDFA-2A.xml", "2b", "PDFA-2B.xml",
        "2u", "PDFA-2U.xml", "3b", "PDFA-3B.xml", "3u", "PDFA-3U.xml");

    private final VeraPDFFoundry foundry;
    private final Map<String, ValidationProfile> profiles = new HashMap<>();
    private int status = 0;

    private VeraCheck() {
        VeraGreenfieldFoundryProvider.initialise();
        foundry = Foundries.defaultInstance();
    }

    public static void main(String[] arguments) throws Exception {
        silenceLogs();
        List<String> files = new ArrayList<>();
        String flavours = "ua1";
        boolean json = false;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--flavours")) {
                flavours = arguments[++i];
            } else if (arguments[i].equals("--json")) {
                json = true;
            } else {
                files.add(arguments[i]);
            }
        }
        VeraCheck check = new VeraCheck();
        List<String> reports = new ArrayList<>();
        for (String file : files) {
            for (String flavour : flavours.split(",")) {
                reports.add(check.report(file, flavour, json));
            }
        }
        System.out.println(
            json ? "[" + String.join(",\n", reports) + "]" : String.join("\n", reports));
        System.exit(check.status);
    }

    private static void silenceLogs() {
        Logger root = Logger.getLogger("");
        root.setLevel(Level.OFF);
        for (Handler handler : root.getHandlers()) {
            handler.setLevel(Level.OFF);
        }
    }

    private String report(String file, String flavour, boolean json) throws Exception {
        ValidationProfile profile = profile(flavour);
        try (PDFAParser parser =
                foundry.createParser(new File(file), PDFAFlavour.fromString(flavour))) {
            PDFAValidator validator =
                foundry.createValidator(profile, FAILURES_SHOWN, false, true, false);
            ValidationResult result = validator.validate(parser);
            if (!result.isCompliant()) {
                status = Math.max(status, 1);
            }
            return json ? asJson(file, flavour, result) : asText(file, flavour, result);
        } catch (Exception problem) {
            status = 2;
            return json
                ? "{\"file\":" + quoted(file) + ",\"flavour\":" + quoted(flavour)
                    + ",\"compliant\":false,\"error\":" + quoted(problem.toString()) + "}"
                : "ERROR " + flavour + " " + file + ": " + problem;
        }
    }

    private static String asText(String file, String flavour, ValidationResult result) {
        StringBuilder out = new StringBuilder();
        out.append(result.isCompliant() ? "PASS " : "FAIL ").append(flavour).append(' ')
            .append(file).append(" (").append(result.getTotalAssertions()).append(" checks)");
        failures(result).forEach((rule, message) ->
            out.append("\n    ").append(rule).append("  ").append(message));
        return out.toString();
    }

    private static String asJson(String file, String flavour, ValidationResult result) {
        List<String> rows = new ArrayList<>();
        failures(result).forEach((rule, message) ->
            rows.add("{\"rule\":" + quoted(rule) + ",\"message\":" + quoted(message) + "}"));
        return "{\"file\":" + quoted(file) + ",\"flavour\":" + quoted(flavour)
            + ",\"compliant\":" + result.isCompliant()
            + ",\"checks\":" + result.getTotalAssertions()
            + ",\"failures\":[" + String.join(",", rows) + "]}";
    }

    /** Clause and test number of each broken rule with the message of its first failure. */
    private static Map<String, String> failures(ValidationResult result) {
        Map<String, String> found = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            RuleId rule = assertion.getRuleId();
            found.putIfAbsent(rule.getClause() + "-" + rule.getTestNumber(),
                assertion.getErrorMessage() + " at " + assertion.getLocation().getContext());
        }
        for (RuleId rule : result.getFailedChecks().keySet()) {
            found.putIfAbsent(rule.getClause() + "-" + rule.getTestNumber(), "");
        }
        return found;
    }

    private ValidationProfile profile(String flavour) throws Exception {
        ValidationProfile known = profiles.get(flavour);
        if (known == null) {
            known = read(PDFAFlavour.fromString(flavour), RESOURCES.get(flavour));
            profiles.put(flavour, known);
        }
        return known;
    }

    private static ValidationProfile read(PDFAFlavour flavour, String name) throws Exception {
        Element root;
        try (InputStream in = VeraCheck.class.getClassLoader()
                .getResourceAsStream("org/verapdf/pdfa/validation/" + name)) {
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in)
                .getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : elements(root, "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new LinkedHashSet<>();
        for (Element variable : elements(root, "variable")) {
            variables.add(Profiles.variableFromValues(
                variable.getAttribute("name"), variable.getAttribute("object"),
                text(variable, "defaultValue"), text(variable, "value")));
        }
        Element details = elements(root, "details").get(0);
        return Profiles.profileFromValues(flavour,
            Profiles.profileDetailsFromValues(text(details, "name"),
                text(details, "description"), details.getAttribute("creator"), new Date()),
            "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = elements(rule, "id").get(0);
        RuleId ruleId = Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        Element error = elements(rule, "error").get(0);
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : elements(error, "argument")) {
            String name = argument.getAttribute("name");
            arguments.add(ErrorArgumentImpl.fromValues(
                argument.getTextContent(), name.isEmpty() ? null : name, null));
        }
        String deferred = rule.getAttribute("deferred");
        return Profiles.ruleFromValues(ruleId, rule.getAttribute("object"),
            deferred.isEmpty() ? null : Boolean.valueOf(deferred), rule.getAttribute("tags"),
            text(rule, "description"), text(rule, "test"),
            Profiles.errorFromValues(text(error, "message"), arguments),
            new ArrayList<Reference>());
    }

    private static List<Element> elements(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        List<Element> out = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            out.add((Element) found.item(i));
        }
        return out;
    }

    private static String text(Element parent, String tag) {
        List<Element> found = elements(parent, tag);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }

    private static String quoted(String value) {
        if (value == null) {
            return "null";
        }
        StringBuilder out = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 32) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
