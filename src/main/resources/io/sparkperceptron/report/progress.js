import { ageSentence } from "./age.js";

const EVERY_MILLIS = 1000;

/** Says the age of the page that shows a training's progress. Only a page of a training that goes on reloads itself. */
function sayAge() {
    const age = document.getElementById("age");
    const goesOn = document.querySelector("meta[http-equiv=refresh]") !== null;
    age.textContent = ageSentence((Date.now() - Date.parse(age.dataset.written)) / 1000, goesOn);
}

sayAge();
setInterval(sayAge, EVERY_MILLIS);
