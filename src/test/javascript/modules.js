import { readFileSync, readdirSync } from "node:fs";

const FOLDER = new URL("../../main/resources/io/sparkperceptron/report/", import.meta.url);
const IMPORT = /^import \{([^}]*)\} from "\.\/([a-z]+\.js)";\n/gm;
// after a dot, but not after the three of a spread, a word is a property's
const NAME = /(?<![\w$#]|(?<!\.\.)\.)[A-Za-z_$][\w$]*/g;
const PROPERTY = /([{,]\s*)\w+\s*:/g;
const DECLARATION = /^(export )?(?:(?:async )?function|class|const|let) (\w+)/gm;

/** The page's modules as {name, text}. */
export function readModules() {
    return readdirSync(FOLDER)
        .filter((name) => name.endsWith(".js"))
        .map((name) => ({ name, text: readFileSync(new URL(name, FOLDER), "utf8") }));
}

/** What a module takes from others, as [[file, name], ...]. */
export function importsOf({ text }) {
    return [...text.matchAll(IMPORT)].flatMap(([, names, file]) =>
        names
            .split(",")
            .map((name) => name.trim())
            .filter(Boolean)
            .map((name) => [file, name]),
    );
}

/** The names that a module declares at its top, as [[name, whether exported], ...]. */
export function declarationsOf({ text }) {
    return [...text.matchAll(DECLARATION)].map(([, exported, name]) => [name, Boolean(exported)]);
}

/** The names that a module uses, apart from those of properties; a word of a text or a comment is none. */
export function namesUsed({ text }) {
    const code = withoutTexts(text.replace(IMPORT, "")).replace(PROPERTY, "$1");
    return new Set([...code.matchAll(NAME)].map(([name]) => name));
}

/** Leaves of texts only what is computed in them. */
function withoutTexts(text) {
    const token = /\/\*[^]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`|\$\{|[{}]/g;
    let code = "";
    let from = 0;
    // of each open brace or backquote, whether it is a text
    const open = [];
    for (const match of text.matchAll(token)) {
        const inText = open.at(-1) === "`";
        if (inText && match[0] !== "`" && match[0] !== "${") {
            continue;
        }
        code += inText ? " " : text.slice(from, match.index) + " ";
        from = match.index + match[0].length;
        if (match[0] === "`") {
            inText ? open.pop() : open.push("`");
        } else if (match[0] === "${" || match[0] === "{") {
            open.push("{");
            code += inText ? "(" : "{";
        } else if (match[0] === "}") {
            open.pop();
            code += "}";
        }
    }
    return code + text.slice(from);
}
