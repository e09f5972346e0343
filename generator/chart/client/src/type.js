// How wide a text on the canvas is.

const pen = document.createElement('canvas').getContext('2d');

// textWidth is in units of the chart; weight is a number as text, or empty.
export function textWidth(text, font, weight = '') {
  pen.font = (weight && weight + ' ') + '12px ' + font;
  return pen.measureText(text).width;
}
