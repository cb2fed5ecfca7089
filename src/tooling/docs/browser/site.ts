/**
 * What every page does with JavaScript: copy buttons, the remembered language of samples, the theme switch, the mark of the
 * current section, and search, which is loaded when it is opened.
 *
 * @module
 */
import './copy.js'
