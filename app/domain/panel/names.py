"""Names for the seated, drawn without regard to any trait."""

from app.domain.panel.streams import Stream

# Women's, men's and family names of one tradition each; a tenth of the pairs crosses traditions.
_TRADITIONS = tuple(
    tuple(tuple(part.split()) for part in tradition)
    for tradition in (
        (
            "Emily Hannah Claire Megan Laura Rachel Alice Ruth Joanna Beth Naomi Nora Holly Tess"
            " Paige Brooke Kate Lydia Martha Grace",
            "Daniel Thomas Adam Luke Peter Owen Simon Eric Neil Scott Joel Aaron Graham Dean Miles"
            " Colin Evan Russell Todd Ian",
            "Walker Hughes Bennett Foster Reed Palmer Shaw Wells Barker Dawson Marsh Holt Pratt"
            " Cole Briggs Lowe Hale Sutton Kerr Boyd",
        ),
        (
            "Lucía Camila Valeria Elena Marisol Paula Inés Daniela Rocío Ximena",
            "Mateo Diego Javier Andrés Luis Rafael Tomás Emilio Óscar Hugo",
            "Morales Rivera Castillo Ortega Vargas Fuentes Delgado Navarro Ríos Campos",
        ),
        (
            "Imani Keisha Simone Nia Monique Renee Jada Tamara Ebony Corinne",
            "Marcus Andre Terrence Isaiah Darius Malik Jerome Desmond Curtis Elijah",
            "Jackson Coleman Brooks Hayes Freeman Booker Simmons Gaines Tate Mosley",
        ),
        (
            "Priya Ananya Meera Kavya Nisha Fatima Ayesha Divya Leela Sana",
            "Arjun Rohan Vikram Imran Sanjay Bilal Kiran Farhan Nikhil Dev",
            "Patel Iyer Khan Mehta Rao Chowdhury Nair Malik Desai Banerjee",
        ),
        (
            "Mei Yuki Linh Jia Hana Soo-jin Xin Thuy Aiko Min",
            "Wei Kenji Minh Jun Tao Hiro Jin Duc Bo Takeshi",
            "Chen Tanaka Nguyen Park Lin Sato Pham Kim Zhao Mori",
        ),
        (
            "Agnieszka Ingrid Katya Greta Sofia Ilse Petra Maren Chiara Zuzana",
            "Tomasz Lars Ivan Matteo Stefan Jonas Marek Anders Luca Pavel",
            "Nowak Lindqvist Petrov Weber Rossi Dvořák Kowalski Jensen Moretti Fischer",
        ),
        (
            "Leila Yasmin Noor Rania Dalia Shirin Maryam Hala Zeynep Amira",
            "Omar Karim Yusuf Reza Tariq Sami Emre Hassan Nabil Farid",
            "Haddad Aziz Rahimi Mansour Demir Saleh Farah Nasser Kaya Karimi",
        ),
        (
            "Amara Chioma Wanjiru Efua Zanele Adaeze Makena Abena Thandi Folake",
            "Kwame Chidi Tendai Kofi Sipho Emeka Juma Obinna Themba Segun",
            "Okafor Mensah Mwangi Dlamini Adeyemi Banda Osei Ndlovu Eze Kamau",
        ),
    )
)
_WEIGHTS = (9, 4, 3, 2, 2, 3, 1, 1)
_BAG = tuple(place for place, weight in enumerate(_WEIGHTS) for _ in range(weight))
_FAMILY = 2
_CROSSING = 10


def name_for(stream: Stream, gender: str) -> str:
    """A given and a family name; non-binary people draw from either list."""
    tradition = stream.pick(_BAG)
    column = {"woman": 0, "man": 1}.get(gender, stream.below(2))
    family = stream.pick(_BAG) if stream.below(_CROSSING) == 0 else tradition
    given = stream.pick(_TRADITIONS[tradition][column])
    return f"{given} {stream.pick(_TRADITIONS[family][_FAMILY])}"
