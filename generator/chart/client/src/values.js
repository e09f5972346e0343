// own gives a property of an object that is used as a table, and undefined for what it inherits.
export const own = (table, key) => Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined;

// list gives what options may hold once or several times.
export const list = value => value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

// named gives the name of a function that a string stands for: "gantt" for "@fn:gantt".
export const named = value => typeof value === 'string' && value.startsWith('@fn:') ? value.slice(4) : '';
