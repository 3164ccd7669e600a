// Strokes of the pen on a canvas of any size.

import { colourOf, fitCanvas } from "./dom.js";
import { PEN } from "./exact/raster.js";

export function drawStrokes(context, size, strokes, penWidth, colour = "ink") {
  context.strokeStyle = colourOf(colour);
  context.lineWidth = penWidth * size;
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(stroke[0].x * size, stroke[0].y * size);
    for (let i = 1; i < stroke.length - 1; i++) {
      // Curves through the middles of the segments: no corners between a mouse's few points.
      const middleX = (stroke[i].x + stroke[i + 1].x) / 2;
      const middleY = (stroke[i].y + stroke[i + 1].y) / 2;
      context.quadraticCurveTo(
        stroke[i].x * size, stroke[i].y * size, middleX * size, middleY * size);
    }
    // A line of no length would draw nothing.
    const last = stroke.at(-1);
    context.lineTo(last.x * size + (stroke.length === 1 ? 0.01 : 0), last.y * size);
    context.stroke();
  }
}

/** Draws strokes as the paper does, on a canvas of any size, with a pen that is a part of its width. */
export function drawStrokesOn(canvas, strokes, penWidth) {
  const context = fitCanvas(canvas);
  context.clearRect(0, 0, canvas.width, canvas.height);
  drawStrokes(context, canvas.width, strokes, penWidth);
}

/**
 * Where a drawing looks different from what it was before its last stroke grew or began: a rectangle of
 * a canvas of this size, as [left, top, width, height]; null if it is not that alone.
 */
export function grown(before, after, size) {
  const last = after.strokes.length - 1;
  const isSame = before.pen === after.pen && after.strokes.every((stroke, s) => s === last || stroke === before.strokes[s]);
  const was = before.strokes[last] ?? [];
  const isLonger = was.length === 0 ? before.strokes.length === last
    : before.strokes.length === last + 1 && after.strokes[last][was.length - 1] === was.at(-1);
  if (!isSame || !isLonger) {
    return null;
  }
  // The line to the last point has become a curve.
  const points = after.strokes[last].slice(Math.max(0, was.length - 2));
  const room = PEN * after.pen * size / 2 + 2;
  const [left, top, right, bottom] = [
    Math.min(...points.map(({ x }) => x)) * size - room, Math.min(...points.map(({ y }) => y)) * size - room,
    Math.max(...points.map(({ x }) => x)) * size + room, Math.max(...points.map(({ y }) => y)) * size + room,
  ].map(Math.round);
  return [left, top, right - left, bottom - top];
}

/** Draws a rectangle of the paper anew, which takes a small part of the time that all of it would. */
export function drawWithin(context, area, size, { strokes, pen }) {
  context.save();
  context.beginPath();
  context.rect(...area);
  context.clip();
  context.clearRect(...area);
  drawStrokes(context, size, strokes, PEN * pen);
  context.restore();
}
